package io.rke4j.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says which cloud the nodes are in. A cluster is in one cloud at most. */
public final class CloudBuilder {

  static final String PATH = "cloud_provider";

  /** The minor version of Kubernetes from which a provider is not in its programs any more. */
  private static final Map<String, Integer> GONE =
      Map.of("openstack", 26, "aws", 27, "azure", 29, "gce", 29, "vsphere", 29);

  private static final Set<String> WITHOUT_SETTINGS = Set.of("external", "gce");

  private final Problems problems;
  private @Nullable Supplier<CloudProvider> chosen;
  private boolean instanceNames;

  CloudBuilder(Problems problems) {
    this.problems = problems;
  }

  /** The names that Kubernetes and RKE know. */
  public static List<String> names() {
    return List.of("aws", "azure", "external", "external-aws", "gce", "openstack", "vsphere");
  }

  /**
   * A provider whose settings are left to it: {@code external}, {@code external-aws}, {@code aws}
   * or {@code gce}.
   */
  public CloudBuilder named(String name) {
    return choose(
        () ->
            switch (name) {
              case "aws" -> new AwsBuilder(problems).build(instanceNames);
              case "external-aws" -> new CloudProvider.ExternalAws(instanceNames);
              default -> plain(name);
            });
  }

  private CloudProvider plain(String name) {
    if (names().contains(name) && !WITHOUT_SETTINGS.contains(name)) {
      problems.add(PATH + ".name", "'" + name + "' needs its settings", "give its block, too");
    } else if (!names().contains(name)) {
      unknown(name);
    }
    return new CloudProvider.Named(name);
  }

  /** A provider whose file the user writes, under one of {@link #names()}. */
  public CloudBuilder custom(String name, Secret file) {
    return choose(
        () -> {
          if (!names().contains(name)) {
            unknown(name);
          }
          return new CloudProvider.Custom(name, file);
        });
  }

  private void unknown(String name) {
    problems.add(
        PATH + ".name",
        "'" + name + "' is not a cloud provider that Kubernetes knows",
        "use one of " + String.join(", ", names()));
  }

  /** VMware vSphere. */
  public CloudBuilder vsphere(Consumer<VsphereBuilder> settings) {
    VsphereBuilder builder = new VsphereBuilder(problems);
    settings.accept(builder);
    return choose(builder::build);
  }

  /** OpenStack. */
  public CloudBuilder openstack(Consumer<CloudOptionsBuilder<OpenstackOption>> settings) {
    CloudOptionsBuilder<OpenstackOption> builder =
        new CloudOptionsBuilder<>(PATH + ".openstackCloudProvider", problems);
    settings.accept(builder);
    return choose(
        () -> {
          String why = "Kubernetes logs in with it";
          builder.require(why, OpenstackOption.AUTH_URL, OpenstackOption.PASSWORD);
          if (!builder.has(OpenstackOption.USER_ID)) {
            builder.require("give it or user-id", OpenstackOption.USERNAME);
          }
          return new CloudProvider.Openstack(builder.build());
        });
  }

  /** Microsoft Azure. */
  public CloudBuilder azure(Consumer<CloudOptionsBuilder<AzureOption>> settings) {
    CloudOptionsBuilder<AzureOption> builder =
        new CloudOptionsBuilder<>(PATH + ".azureCloudProvider", problems);
    settings.accept(builder);
    return choose(
        () -> {
          builder.require(
              "Kubernetes logs in with it", AzureOption.TENANT_ID, AzureOption.SUBSCRIPTION_ID);
          if (!builder.has(AzureOption.USE_MANAGED_IDENTITY_EXTENSION)) {
            String why = "give it, or set useManagedIdentityExtension";
            builder.require(why, AzureOption.AAD_CLIENT_ID);
            if (!builder.has(AzureOption.AAD_CLIENT_CERT_PATH)) {
              builder.require(why, AzureOption.AAD_CLIENT_SECRET);
            }
          }
          return new CloudProvider.Azure(builder.build());
        });
  }

  /** Amazon Web Services; Kubernetes older than 1.27. */
  public CloudBuilder aws(Consumer<AwsBuilder> settings) {
    AwsBuilder builder = new AwsBuilder(problems);
    settings.accept(builder);
    return choose(() -> builder.build(instanceNames));
  }

  /**
   * On AWS, names nodes after their instances, which their host asks the metadata service for. Only
   * with {@code aws} and {@code external-aws}.
   */
  public CloudBuilder instanceNames() {
    this.instanceNames = true;
    return this;
  }

  private CloudBuilder choose(Supplier<CloudProvider> provider) {
    if (chosen != null) {
      problems.add(PATH, "is given twice", "keep one of them");
    }
    chosen = provider;
    return this;
  }

  CloudProvider build(KubernetesVersion version) {
    CloudProvider built = chosen == null ? new CloudProvider.None() : chosen.get();
    if (instanceNames && !built.instanceNames()) {
      problems.add(
          PATH + ".useInstanceMetadataHostname",
          "means nothing but with aws and external-aws",
          "leave it out");
    }
    int gone = GONE.getOrDefault(built.flag(), Integer.MAX_VALUE);
    if (version.minor() >= gone) {
      problems.add(
          PATH + ".name",
          "'" + built.flag() + "' is not in Kubernetes 1." + gone + " and newer",
          "use external, and deploy the provider's own program");
    }
    return built;
  }
}
