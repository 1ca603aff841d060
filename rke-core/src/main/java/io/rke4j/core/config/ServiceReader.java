package io.rke4j.core.config;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NetworkBuilder;
import io.rke4j.api.cluster.ServiceOptionsBuilder;
import io.rke4j.api.cluster.ServicesBuilder;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.config.Place.Word;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads {@code services}, {@code network} and {@code system_images}. */
final class ServiceReader {

  private static final String DEFAULT_SERVICE_RANGE = "10.43.0.0/16";
  private static final String SERVICE_RANGE = "service_cluster_ip_range";

  private final FileProblems problems;
  private final Place services;
  private final Place network;
  private final Place images;

  ServiceReader(FileProblems problems, Place root) {
    this.problems = problems;
    this.services = root.section("services");
    this.network = root.section("network");
    this.images = root.section("system_images");
  }

  void read(ClusterSpec.Builder spec) {
    spec.services(this::components);
    spec.network(this::ranges);
    spec.network(new NetworkReader(network, problems)::read);
    images(spec);
  }

  private void components(ServicesBuilder builder) {
    builder
        .etcd(options("etcd"))
        .kubeApi(options("kube-api"))
        .controllerManager(options("kube-controller"))
        .scheduler(options("scheduler"))
        .kubelet(options("kubelet"))
        .kubeProxy(options("kubeproxy"));
    services.section("kubelet").truth("fail_swap_on").ifPresent(builder::failSwapOn);
    services
        .section("kubelet")
        .truth("generate_serving_certificate")
        .ifPresent(builder::kubeletServingCertificates);
    new SnapshotReader(services.section("etcd"), problems).read(builder);
    new EtcdReader(services.section("etcd"), problems).read(builder);
    builder.apiServer(new ApiServerReader(problems, services.section("kube-api"))::read);
  }

  private Consumer<ServiceOptionsBuilder> options(String service) {
    Place place = services.section(service);
    return builder -> {
      place.pairs("extra_args").forEach(builder::arg);
      Place repeated = place.section("extra_args_array");
      repeated.fields().keySet().forEach(name -> repeatedArg(repeated, name, builder));
      place.texts("extra_binds").forEach(builder::bind);
      place.texts("extra_env").forEach(builder::env);
    };
  }

  private void repeatedArg(Place repeated, String name, ServiceOptionsBuilder builder) {
    if (!problems.explains(repeated.at(name))) {
      builder.repeatedArg(name, repeated.texts(name));
    }
  }

  private void ranges(NetworkBuilder builder) {
    Place kubeApi = services.section("kube-api");
    Place controller = services.section("kube-controller");
    Place kubelet = services.section("kubelet");
    kubeApi.text(SERVICE_RANGE).ifPresent(builder::serviceCidr);
    kubeApi.text("service_node_port_range").ifPresent(builder::nodePorts);
    controller.text("cluster_cidr").ifPresent(builder::podCidr);
    kubelet.text("cluster_domain").ifPresent(builder::clusterDomain);
    kubelet.text("cluster_dns_server").ifPresent(builder::dnsServer);
    String range = kubeApi.text(SERVICE_RANGE).orElse(DEFAULT_SERVICE_RANGE);
    boolean same = controller.text(SERVICE_RANGE).map(range::equals).orElse(true);
    if (!same && !problems.explains(kubeApi.at(SERVICE_RANGE))) {
      problems.add(
          controller.at(SERVICE_RANGE),
          "differs from " + kubeApi.at(SERVICE_RANGE) + ", which is " + range,
          "give both the same range");
    }
  }

  private void images(ClusterSpec.Builder spec) {
    Set<String> ours =
        Arrays.stream(SystemImage.values()).map(SystemImage::key).collect(Collectors.toSet());
    for (SystemImage image : SystemImage.values()) {
      images.text(image.key()).ifPresent(name -> spec.image(image, name));
    }
    for (String key : images.fields().keySet()) {
      if (!ours.contains(key)) {
        images.word(key).ifPresent(this::unusedImage);
      }
    }
    podInfraImage(spec);
  }

  private void unusedImage(Word word) {
    try {
      new ImageRef(word.text());
    } catch (IllegalArgumentException e) {
      problems.add(word.path(), String.valueOf(e.getMessage()), "");
    }
  }

  private void podInfraImage(ClusterSpec.Builder spec) {
    Optional<Word> own = services.section("kubelet").word("infra_container_image");
    if (own.isEmpty()) {
      return;
    }
    String key = SystemImage.POD_INFRA_CONTAINER.key();
    if (images.text(key).map(own.get().text()::equals).orElse(true)) {
      spec.image(SystemImage.POD_INFRA_CONTAINER, own.get().text());
    } else {
      problems.add(
          own.get().path(), "differs from " + images.at(key), "name the image once, there");
    }
  }
}
