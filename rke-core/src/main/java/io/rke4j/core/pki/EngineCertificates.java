package io.rke4j.core.pki;

import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.ProviderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The certificates of Docker Engines that listen with TLS. Authority and client certificate are in
 * a folder, under the names that Docker's own client expects; servers get theirs from here, and
 * their keys are kept nowhere but with them.
 *
 * @param folder the folder
 * @param clock tells how long certificates are good for
 */
public record EngineCertificates(Path folder, Clock clock) {

  private static final FileAttribute<?> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  /**
   * What a server gets.
   *
   * @param authority the authority's certificate
   * @param certificate its own
   * @param key the private key of that
   */
  public record ServerFiles(String authority, String certificate, Secret key) {}

  /**
   * Whether a server has what it needs: a certificate of this authority, for this address, for some
   * time to come. Changes nothing, and makes no authority.
   *
   * @param authority the authority's certificate as the server has it
   * @param certificate the server's own
   * @param address where it is reached
   */
  public boolean accepts(String authority, String certificate, String address) {
    try {
      if (!Files.exists(file("ca.pem")) || !Files.readString(file("ca.pem")).equals(authority)) {
        return false;
      }
      X509Certificate own = Pem.readCertificate(certificate);
      own.verify(Pem.readCertificate(authority).getPublicKey());
      return own.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEWED_BEFORE))
          && own.getSubjectAlternativeNames().stream().anyMatch(name -> name.contains(address));
    } catch (IOException | GeneralSecurityException | NullPointerException e) {
      return false;
    }
  }

  /** A new certificate for a server. The authority and the client's are made before, if need be. */
  public ServerFiles issue(String node, String address) {
    try {
      CertificateAuthority authority = authority();
      KeyPair key = newKey();
      SubjectNames names =
          SubjectNames.isAddress(address)
              ? new SubjectNames(List.of("localhost"), List.of(address, "127.0.0.1"))
              : new SubjectNames(List.of("localhost", address), List.of("127.0.0.1"));
      X509Certificate certificate =
          authority.sign(
              CertificateRequest.server("docker-server", "docker-" + node, names), key.getPublic());
      return new ServerFiles(
          Files.readString(file("ca.pem")),
          Pem.certificate(certificate),
          Pem.key(key.getPrivate()));
    } catch (IOException | GeneralSecurityException e) {
      throw ProviderException.permanentFailure(
          "the certificates of Docker Engine cannot be kept in " + folder + " (" + e + ")",
          "Give docker.tls a folder that this program may write to, with what it wrote there",
          e);
    }
  }

  private CertificateAuthority authority() throws IOException, GeneralSecurityException {
    synchronized (EngineCertificates.class) {
      if (!Files.exists(file("ca.pem"))) {
        makeAuthority();
      }
      CertificateAuthority authority =
          CertificateAuthority.of(
              Pem.readCertificate(Files.readString(file("ca.pem"))),
              Pem.readKey(Secret.of(Files.readString(file("ca-key.pem")))),
              clock);
      if (!Files.exists(file("cert.pem"))) {
        KeyPair key = newKey();
        write("key.pem", Pem.key(key.getPrivate()).reveal());
        write(
            "cert.pem",
            Pem.certificate(
                authority.sign(
                    CertificateRequest.client("docker-client", "rke4j", ""), key.getPublic())));
      }
      return authority;
    }
  }

  /** The certificate comes last: while it is not there, there is no authority. */
  private void makeAuthority() throws IOException, GeneralSecurityException {
    Files.createDirectories(folder, FOLDER);
    KeyPair key = newKey();
    CertificateAuthority authority =
        CertificateAuthority.named(CertificateRequest.authority("docker-ca"), key, clock);
    write("ca-key.pem", Pem.key(key.getPrivate()).reveal());
    write("ca.pem", Pem.certificate(authority.selfSigned()));
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private void write(String name, String text) throws IOException {
    Path fresh = Files.createTempFile(folder, ".new", "", FILE);
    Files.writeString(fresh, text, StandardCharsets.UTF_8);
    Files.move(fresh, file(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
