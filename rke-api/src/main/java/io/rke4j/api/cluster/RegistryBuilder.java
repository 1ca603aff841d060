package io.rke4j.api.cluster;

import java.util.Optional;

/** Collects the parts of one registry. */
public final class RegistryBuilder {

  private final String path;
  private final String url;
  private final Problems problems;
  private String user = "";
  private Secret password = Secret.of("");
  private Optional<EcrLogin> ecr = Optional.empty();
  private boolean isDefault;

  RegistryBuilder(String path, String url, Problems problems) {
    this.path = path;
    this.url = url;
    this.problems = problems;
  }

  /**
   * The account to pull with. Hosts get it in the kubelet's own file, which only root can read; it
   * is in no argument, variable or log.
   */
  public RegistryBuilder login(String account, Secret itsPassword) {
    this.user = account;
    this.password = itsPassword;
    return this;
  }

  /**
   * Asks Amazon for a login to this registry, which is one of ECR. Docker Engine gets it; kubelets
   * log in by the roles of their hosts, as long as Kubernetes itself knows Amazon (up to 1.26).
   */
  public RegistryBuilder ecr(EcrLogin login) {
    this.ecr = Optional.of(login);
    return this;
  }

  /** Pulls the images of the Kubernetes version from here. At most one registry can be that. */
  public RegistryBuilder byDefault() {
    this.isDefault = true;
    return this;
  }

  boolean isDefault() {
    return isDefault;
  }

  Optional<RegistrySpec> build() {
    return problems.value(
        path,
        Optional.empty(),
        () -> Optional.of(new RegistrySpec(url, user, password, isDefault, ecr)));
  }
}
