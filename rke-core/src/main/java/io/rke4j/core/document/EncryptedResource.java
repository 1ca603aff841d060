package io.rke4j.core.document;

/**
 * What a name in an {@code EncryptionConfiguration} stands for: {@code secrets}, {@code
 * deployments.apps}, or with Kubernetes 1.27 all of a group ({@code *.apps}, {@code *.} for the
 * core) and all there is ({@code *.*}).
 *
 * @param resource the resource, or {@link #ANY}
 * @param group its group, {@link #CORE} or {@link #ANY}
 * @see <a href="https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/">Encrypting
 *     Confidential Data at Rest</a>
 */
public record EncryptedResource(String resource, String group) {

  /** Stands for all. */
  public static final String ANY = "*";

  /** The group of Secrets, ConfigMaps, Pods and others that came first. */
  public static final String CORE = "";

  /** What the name stands for. */
  public static EncryptedResource of(String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? new EncryptedResource(name, CORE)
        : new EncryptedResource(name.substring(0, dot), name.substring(dot + 1));
  }

  /** Whether it stands for this one, among others perhaps. */
  public boolean covers(String otherResource, String otherGroup) {
    return (group.equals(ANY) || group.equals(otherGroup))
        && (resource.equals(ANY) || resource.equals(otherResource));
  }

  /** Whether it stands for all that the other stands for. */
  public boolean covers(EncryptedResource other) {
    return covers(other.resource, other.group);
  }
}
