package io.rke4j.core.config;

import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.TokenWebhook;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.config.Place.Word;
import io.rke4j.core.config.YamlNode.Fields;
import io.rke4j.core.document.Documents;
import io.rke4j.core.document.WebhookFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes a specification of a file whose keys have been checked. */
final class SpecReader {

  private static final Duration SERVER_PATIENCE = Duration.ofSeconds(15);

  /** Where RKE's file says what the specification calls otherwise. */
  private static final Map<String, String> PATHS =
      Map.of(
          "network", "services.kube-controller.cluster_cidr",
          "network.podCidr", "services.kube-controller.cluster_cidr",
          "network.serviceCidr", "services.kube-api.service_cluster_ip_range",
          "network.nodePorts", "services.kube-api.service_node_port_range",
          "network.clusterDomain", "services.kubelet.cluster_domain",
          "network.dnsServer", "services.kubelet.cluster_dns_server");

  /** What a node takes from its address if the file does not say it. */
  private static final Pattern DERIVED =
      Pattern.compile("(nodes\\[\\d+])\\.(hostname_override|internal_address)");

  private final Place root;
  private final Lines lines;
  private final Folder folder;
  private final FileProblems problems;
  private final VersionCatalogue catalogue;

  SpecReader(
      Fields file, Lines lines, Path folder, FileProblems problems, VersionCatalogue catalogue) {
    this.catalogue = catalogue;
    this.root = new Place(file.fields(), "");
    this.lines = lines;
    this.folder = new Folder(folder);
    this.problems = problems;
  }

  ClusterSpec read() {
    String name = root.text("cluster_name").orElse("local");
    KubernetesVersion version = version();
    ClusterSpec.Builder spec = ClusterSpec.named(name).kubernetes(version.value());
    if (root.truth("ignore_docker_version").orElse(false)) {
      spec.anyEngineVersion();
    }
    root.truth("enable_cri_dockerd").ifPresent(spec::criDockerd);
    criDockerdStreams(spec);
    root.text("prefix_path").ifPresent(spec::hostPrefix);
    SshReader ssh = new SshReader(problems, folder, root);
    new NodeReader(problems, ssh).read(root, spec);
    ssh.bastion(root.section("bastion_host"), spec);
    new ServiceReader(problems, root).read(spec);
    authentication(root.section("authentication"), spec);
    spec.cloud(new CloudReader(root.section(CloudKeys.NAME), problems)::read);
    spec.rollout(new RolloutReader(root.section("upgrade_strategy"), problems)::read);
    root.sections("private_registries")
        .forEach(place -> new RegistryReader(place, problems).read(spec));
    if (root.section("authorization").text("mode").filter("none"::equals).isPresent()) {
      spec.authorization(AuthorizationMode.NONE);
    }
    new RenewalReader(root, problems, Instant.now()).read(spec);
    Manifests manifests = new Manifests(problems, folder, new Download(SERVER_PATIENCE));
    new AddonReader(root, version, manifests, problems).read(spec);
    return build(spec);
  }

  private void criDockerdStreams(ClusterSpec.Builder spec) {
    Optional<Word> port = root.word("cri_dockerd_stream_server_port");
    boolean isNumber = port.map(word -> word.text().matches("\\d{1,9}")).orElse(false);
    if (port.isPresent() && !isNumber) {
      problems.add(port.get().path(), "'" + port.get().text() + "' is not a port", "");
    }
    spec.criDockerdStreams(
        root.text("cri_dockerd_stream_server_address").orElse(""),
        isNumber ? Integer.parseInt(port.orElseThrow().text()) : 0);
  }

  /** The block alone switches the webhook on, even an empty one, and so does the strategy alone. */
  private void authentication(Place place, ClusterSpec.Builder spec) {
    place.texts("sans").forEach(spec::apiServerName);
    boolean asked = place.text("strategy").filter(words -> words.contains("webhook")).isPresent();
    if (!asked && !place.hasSection("webhook")) {
      return;
    }
    Place webhook = place.section("webhook");
    Optional<Secret> file = webhook.text("config_file").map(Secret::of);
    file.ifPresent(
        text ->
            WebhookFile.problems(Documents.WEBHOOK, text)
                .forEach(one -> problems.add(one.path(), one.problem(), one.hint())));
    spec.tokenWebhook(
        file.orElse(TokenWebhook.On.DEFAULT.kubeconfig()),
        webhook.text("cache_timeout").orElse(TokenWebhook.On.DEFAULT.cacheTimeout()));
  }

  /** The version of the file; the catalogue's default if it names none. */
  private KubernetesVersion version() {
    KubernetesVersion usual = catalogue.defaultVersion();
    Optional<String> named = root.text("kubernetes_version");
    boolean known =
        named.isEmpty()
            || catalogue.versions().stream().anyMatch(one -> one.value().equals(named.get()));
    if (!known) {
      SpecProblem problem = catalogue.unknown(named.orElseThrow());
      problems.add(problem.path(), problem.problem(), problem.hint());
      return usual;
    }
    return named.map(KubernetesVersion::new).orElse(usual);
  }

  private ClusterSpec build(ClusterSpec.Builder spec) {
    problems.notes().forEach(spec::note);
    try {
      ClusterSpec built = spec.build();
      if (problems.isEmpty()) {
        return built;
      }
    } catch (InvalidSpecException e) {
      merge(e.problems());
    }
    throw problems.exception();
  }

  private void merge(List<SpecProblem> found) {
    List<SpecProblem> derived = new ArrayList<>();
    for (SpecProblem problem : found) {
      String path = PATHS.getOrDefault(problem.path(), problem.path());
      if (DERIVED.matcher(path).matches() && !lines.has(path)) {
        derived.add(problem);
      } else if (!isConsequence(path)) {
        problems.add(path, problem.problem(), problem.hint());
      }
    }
    for (SpecProblem problem : derived) {
      String address = DERIVED.matcher(problem.path()).replaceFirst("$1.address");
      if (!problems.isAt(address) && !problems.explains(address)) {
        problems.add(address, problem.problem(), problem.hint());
      }
    }
  }

  /** Whether a problem only follows from one that the user is told anyway. */
  private boolean isConsequence(String path) {
    boolean rolesUnknown =
        path.equals("nodes") && problems.explainsAny("nodes\\[\\d+](\\.role.*)?");
    boolean roleUnknown =
        path.endsWith(".role") && problems.explainsAny(Pattern.quote(path) + "\\[.*");
    return rolesUnknown || roleUnknown || problems.explains(path);
  }
}
