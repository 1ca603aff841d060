package io.rke4j.api.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Collects the settings of the cloud provider {@code aws}. */
public final class AwsBuilder {

  static final String PATH = CloudBuilder.PATH + ".awsCloudProvider";

  private final Problems problems;
  private final CloudOptionsBuilder<AwsOption> options;
  private final Map<String, CloudOptionsBuilder<AwsServiceOption>> services = new TreeMap<>();

  AwsBuilder(Problems problems) {
    this.problems = problems;
    this.options = new CloudOptionsBuilder<>(PATH, problems);
  }

  /** Sets what is not of one service. */
  public AwsBuilder options(Consumer<CloudOptionsBuilder<AwsOption>> settings) {
    settings.accept(options);
    return this;
  }

  /**
   * Says where a service is.
   *
   * @param name any name; it only tells services apart
   */
  public AwsBuilder service(String name, Consumer<CloudOptionsBuilder<AwsServiceOption>> settings) {
    String path = PATH + ".service_override." + name;
    if (!name.matches("[^\"\\\\\\p{Cntrl}]+")) {
      problems.add(path, "'" + name + "' cannot be a name in the provider's file", "");
    }
    settings.accept(
        services.computeIfAbsent(name, one -> new CloudOptionsBuilder<>(path, problems)));
    return this;
  }

  CloudProvider.Aws build(boolean instanceNames) {
    boolean tagged =
        options.has(AwsOption.KUBERNETES_CLUSTER_ID)
            || options.has(AwsOption.KUBERNETES_CLUSTER_TAG);
    if (options.has(AwsOption.VPC) && !tagged) {
      options.require(
          "with a vpc, Kubernetes must know which resources are the cluster's",
          AwsOption.KUBERNETES_CLUSTER_ID);
    }
    Map<String, CloudOptions<AwsServiceOption>> built = new TreeMap<>();
    services.forEach(
        (name, settings) -> {
          settings.require(
              "the provider refuses a service without it",
              AwsServiceOption.SERVICE,
              AwsServiceOption.REGION,
              AwsServiceOption.URL,
              AwsServiceOption.SIGNING_REGION);
          built.put(name, settings.build());
        });
    return new CloudProvider.Aws(options.build(), built, instanceNames);
  }
}
