package io.rke4j.core.phase.pki;

import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SecretsEncryption;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.document.EncryptionFile;
import io.rke4j.core.document.KeyIntroduction;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.core.state.EncryptionRecord;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How Secrets are encrypted, and on the way to what. Whoever switches encryption off needs the key
 * for some time yet: until every Secret is plain again.
 *
 * @param cluster the cluster as it is wanted
 * @param memory what is kept between runs
 */
public record Encryption(Resolved cluster, ClusterMemory memory) {

  private static final Secret NOT_MADE_YET = Secret.of("");

  /** Whether there is anything to encrypt or to decrypt. */
  public boolean concerns() {
    return isWanted() || memory.encryption().isSet();
  }

  /** Whether Secrets are to become, or have just become, plain. */
  public boolean ends() {
    return !isWanted() && memory.encryption().isSet();
  }

  /** What is to be remembered before a host is touched; a key that is yet to be made is empty. */
  public EncryptionRecord expected() {
    return next(present -> NOT_MADE_YET);
  }

  /**
   * The file by which API servers learn to read with a key before one of them writes with it; a key
   * that is yet to be made is empty. There is none where all of them can read what is to be
   * written, or none runs yet.
   */
  public Optional<Secret> introduction() {
    if (!concerns() || isFinished() || isFirst(memory.encryption())) {
      return Optional.empty();
    }
    EncryptionRecord expected = expected();
    return expected.configuration().equals(NOT_MADE_YET)
        ? Optional.of(NOT_MADE_YET)
        : KeyIntroduction.of(expected.file(), expected.known());
  }

  /** Whether API servers may run that read no file at all yet. */
  public boolean isNew() {
    return expected().known().equals(EncryptionRecord.NONE.configuration());
  }

  /** The file for the API servers; a key that is yet to be made is empty. */
  public Optional<Secret> file() {
    EncryptionRecord expected = expected();
    boolean plainAgain = expected.decrypting() && expected.rewritten();
    return !concerns() || plainAgain
        ? Optional.empty()
        : Optional.of(
            expected.configuration().equals(NOT_MADE_YET) ? NOT_MADE_YET : expected.file());
  }

  /** The names of all that is encrypted, or that is to become plain. */
  public Set<String> resources() {
    Secret configuration = expected().configuration();
    return configuration.equals(NOT_MADE_YET)
        ? Set.of(EncryptionFile.SECRETS)
        : EncryptionFile.resourceNames(configuration);
  }

  /** Whether every object in etcd is as it is to be. */
  public boolean isFinished() {
    return expected().rewritten();
  }

  void save() {
    memory.remember(next(Encryption::made));
  }

  /** Remembers that every Secret has been written. */
  public void finish() {
    memory.remember(memory.encryption().finished());
  }

  /** Forgets the key, once nothing is encrypted with it. */
  public void forget() {
    memory.remember(EncryptionRecord.NONE);
  }

  private static Secret made(EncryptionRecord present) {
    SecureRandom random = new SecureRandom();
    return present.generated()
        ? EncryptionFile.renewed(present.configuration(), present.rewritten(), random)
        : EncryptionFile.generate(random);
  }

  /** Whether no API server can have run without it: before there are keys, none does. */
  private boolean isFirst(EncryptionRecord present) {
    return !present.isSet() && !memory.wasKnown();
  }

  private EncryptionRecord next(Function<EncryptionRecord, Secret> make) {
    EncryptionRecord present = memory.encryption();
    SecretsEncryption wanted = wanted();
    if (wanted instanceof SecretsEncryption.Custom custom) {
      boolean same = custom.configuration().equals(present.configuration());
      return same
          ? present.turned(false)
          : after(present, EncryptionRecord.begin(custom.configuration(), false));
    }
    if (wanted instanceof SecretsEncryption.Generated generated) {
      return present.generated() && !present.keyMade().isBefore(generated.keyMadeSince())
          ? present.turned(false)
          : after(present, EncryptionRecord.begin(make.apply(present), memory.now()));
    }
    return present.isSet() ? present.turned(true) : present;
  }

  private EncryptionRecord after(EncryptionRecord present, EncryptionRecord next) {
    return isFirst(present) ? next.knownToAll() : next.following(present);
  }

  /**
   * Refuses a change after which Secrets could not be read any more.
   *
   * @throws InvalidSpecException if a key is missing that Secrets are encrypted with
   */
  public void check() {
    EncryptionRecord present = memory.encryption();
    boolean keyIsKept = wanted() instanceof SecretsEncryption.Generated && present.generated();
    if (!isWanted() || keyIsKept) {
      return;
    }
    Secret next = expected().configuration();
    Set<String> resources = new TreeSet<>(resources());
    resources.addAll(EncryptionFile.resourceNames(present.configuration()));
    List<SpecProblem> problems =
        next.equals(NOT_MADE_YET) && !present.isSet()
            ? List.of()
            : resources.stream().flatMap(name -> problem(name, present, next).stream()).toList();
    if (!problems.isEmpty()) {
      throw new InvalidSpecException("cluster '" + cluster.spec().name() + "'", problems);
    }
  }

  private static Set<Secret> readable(String resource, Secret configuration) {
    return configuration.equals(NOT_MADE_YET)
        ? Set.of(EncryptionFile.PLAIN)
        : EncryptionFile.keys(configuration, resource);
  }

  /** What objects of a resource are, or may still be, written with. */
  private Set<Secret> written(String resource, EncryptionRecord present) {
    if (!present.isSet()) {
      return memory.isEstablished() ? Set.of(EncryptionFile.PLAIN) : Set.of();
    }
    if (!present.rewritten()) {
      Set<Secret> any = new HashSet<>(EncryptionFile.keys(present.configuration(), resource));
      if (present.decrypting()) {
        any.add(EncryptionFile.PLAIN);
      }
      return any;
    }
    return present.decrypting()
        ? Set.of(EncryptionFile.PLAIN)
        : EncryptionFile.writingKeys(present.configuration(), resource);
  }

  private Optional<SpecProblem> problem(String resource, EncryptionRecord present, Secret next) {
    Set<Secret> missing = new HashSet<>(written(resource, present));
    missing.removeAll(readable(resource, next));
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        missing.equals(Set.of(EncryptionFile.PLAIN))
            ? new SpecProblem(
                "services.kube-api.secrets_encryption_config",
                "cannot read " + resource + " in the cluster, which may not be encrypted",
                "add the provider identity: {} after the others")
            : new SpecProblem(
                "services.kube-api.secrets_encryption_config",
                "lacks a key that " + resource + " in the cluster are encrypted with",
                "name the old key after the new one, or switch encryption off and apply first"));
  }

  private SecretsEncryption wanted() {
    return cluster.spec().services().kubeApi().secretsEncryption();
  }

  private boolean isWanted() {
    return !(wanted() instanceof SecretsEncryption.Off);
  }
}
