package io.rke4j.api.cluster;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ClusterSpec.Builder} has collected, and the checks that need more than one part.
 */
final class ClusterParts {

  private static final KubernetesVersion NO_VERSION = new KubernetesVersion("v0.0.0");

  private final Problems problems;
  private final String name;
  private final List<NodeSpec> nodes = new ArrayList<>();
  private final Map<SystemImage, ImageRef> images = new EnumMap<>(SystemImage.class);
  private @Nullable KubernetesVersion version;
  final ServicesBuilder services;
  final NetworkBuilder network;
  final AddonsBuilder addons;
  final List<String> sans = new ArrayList<>();
  AuthorizationMode authorization = AuthorizationMode.RBAC;
  boolean anyEngineVersion;

  ClusterParts(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
    this.services = new ServicesBuilder(problems);
    this.network = new NetworkBuilder(problems);
    this.addons = new AddonsBuilder(problems);
    if (!name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
      problems.add(
          "cluster_name", "'" + name + "' is not an RFC 1123 label", "use letters, digits and '-'");
    }
  }

  void version(String text) {
    version = problems.value("kubernetes_version", NO_VERSION, () -> new KubernetesVersion(text));
  }

  void node(String nodeName, Consumer<NodeBuilder> node) {
    NodeBuilder builder = new NodeBuilder("nodes[" + nodes.size() + "]", nodeName, problems);
    node.accept(builder);
    nodes.add(builder.build());
  }

  void image(SystemImage image, String reference) {
    problems.value(
        "system_images." + image.key(),
        false,
        () -> {
          images.put(image, new ImageRef(reference));
          return true;
        });
  }

  ClusterSpec build() {
    ServicesSpec builtServices = services.build();
    NetworkSpec builtNetwork = network.build();
    AddonsSpec builtAddons = addons.build();
    NodeChecks.check(nodes, problems);
    for (int index = 0; index < sans.size(); index++) {
      // A certificate may be for a whole domain.
      String name = sans.get(index).replaceFirst("^\\*\\.", "");
      Addresses.check("authentication.sans[" + index + "]", name, problems);
    }
    KubernetesVersion chosen = version;
    if (chosen == null) {
      problems.add("kubernetes_version", "is missing", "name one, for example v1.20.15-rancher2-1");
      chosen = NO_VERSION;
    }
    if (!problems.found().isEmpty()) {
      throw new InvalidSpecException("cluster '" + name + "'", problems.found());
    }
    return new ClusterSpec(
        name,
        chosen,
        nodes,
        builtServices,
        builtNetwork,
        new AccessSpec(sans, authorization),
        builtAddons,
        new RuntimeSpec(images, anyEngineVersion));
  }
}
