package io.rke4j.core.pki;

import io.rke4j.api.SigningRequest;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.CancellationToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** A folder with keys, and with requests to sign certificates for them. */
public final class RequestFolder {

  private final Path folder;
  private final Executor executor;

  /**
   * A folder that need not be there yet.
   *
   * @param folder where it is
   * @param executor generates keys side by side; the calling thread helps
   */
  public RequestFolder(Path folder, Executor executor) {
    this.folder = folder;
    this.executor = executor;
  }

  /**
   * Writes the keys that are missing, and the requests that are missing or no longer fit.
   *
   * @throws UnusableCertificatesException if a key that is there cannot be used, or the folder not
   *     be written
   */
  public List<SigningRequest> write(Resolved cluster, CancellationToken cancellation) {
    try {
      Files.createDirectories(folder);
      return write(
          Certificates.of(cluster).stream()
              .filter(request -> !request.isAuthority())
              .filter(request -> !request.name().equals(Certificates.SERVICE_ACCOUNT))
              .toList(),
          new KeyGeneration(executor, cancellation));
    } catch (IOException e) {
      // A message of the file system names a file, and sometimes nothing else.
      throw new UnusableCertificatesException(
          "signing requests cannot be written to " + folder + ": " + e,
          "Check that the folder can be written",
          e);
    } catch (GeneralSecurityException e) {
      throw new UnusableCertificatesException(
          "signing requests cannot be made: " + e.getMessage(),
          "Check the Java runtime's security providers",
          e);
    }
  }

  private List<SigningRequest> write(List<CertificateRequest> requests, KeyGeneration generation)
      throws IOException, GeneralSecurityException {
    Map<String, KeyPair> made =
        generation.generate(
            requests.stream()
                .map(CertificateRequest::name)
                .filter(name -> Files.notExists(key(name)))
                .toList());
    List<SigningRequest> written = new ArrayList<>();
    for (CertificateRequest request : requests) {
      KeyPair fresh = made.get(request.name());
      if (fresh != null) {
        // The key comes before the request: one whose key is lost is of no use.
        put(key(request.name()), Pem.rsaKey(fresh.getPrivate()).reveal(), "rw-------");
      }
      writeRequest(request, fresh == null ? existingKey(request.name()) : fresh);
      written.add(
          new SigningRequest(
              request.name(), file(request.name()), key(request.name()), fresh != null));
    }
    return written;
  }

  private void writeRequest(CertificateRequest request, KeyPair keys)
      throws IOException, GeneralSecurityException {
    Path file = file(request.name());
    boolean fits =
        Files.exists(file)
            && RequestToSign.asksFor(Files.readString(file), request, keys.getPublic());
    if (!fits) {
      put(file, RequestToSign.write(request, keys), "rw-r--r--");
    }
  }

  private KeyPair existingKey(String name) throws IOException {
    Path file = key(name);
    try {
      KeyPair keys = Pem.readKey(Secret.of(Files.readString(file)));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return keys;
    } catch (GeneralSecurityException e) {
      throw new UnusableCertificatesException(
          "the key in " + file + " cannot be used: " + e.getMessage(),
          "Put the right one there, or move it away to have another one made",
          e);
    }
  }

  private void put(Path file, String content, String permissions) throws IOException {
    // A temporary file can be read by nobody else, and takes the name of the other at once.
    Path fresh = Files.createTempFile(folder, ".fresh", "");
    try {
      Files.writeString(fresh, content, StandardCharsets.US_ASCII);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(permissions));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private Path key(String name) {
    return folder.resolve(name + "-key.pem");
  }

  private Path file(String name) {
    return folder.resolve(name + "-csr.pem");
  }
}
