package io.rke4j.core.check;

import static io.rke4j.core.check.HostCheck.Symptom.blocks;
import static io.rke4j.core.check.HostCheck.Symptom.warns;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.ServiceOptions;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.check.HostCheck.Symptom;
import io.rke4j.core.cluster.ImageVersion;
import io.rke4j.core.cluster.Release;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the engine of a host is one for the cluster's Kubernetes, whether it gets along with
 * systemd, and whether it and the cluster's cri-dockerd speak the same API. cri-dockerd comes with
 * rke-tools, whose Dockerfile names its version: 0.3.11 since v0.1.97, 0.3.16 since v0.1.107.
 *
 * <ul>
 *   <li>Engine 25 has API 1.44, whose answers about images are other ones; cri-dockerd reads them
 *       since 0.3.10 (Mirantis/cri-dockerd commit 9ac80dad, k3s-io/k3s issue 9279).
 *   <li>Engine 29 answers clients from API 1.44 on only (Docker's release notes of 29.0.0);
 *       cri-dockerd speaks that since 0.3.16, which is built with Docker's client of version 25
 *       ({@code go.mod}; docker/for-win issue 14997 shows what happens before).
 * </ul>
 */
final class EngineChecks {

  private static final String READS_API_1_44 = "v0.1.97";
  private static final String SPEAKS_API_1_44 = "v0.1.107";

  private static final ImageVersion API_1_44 = ImageVersion.parse("25.0");
  private static final ImageVersion NOTHING_OLDER = ImageVersion.parse("29.0");

  static final List<HostCheck> ALL =
      List.of(
          new HostCheck(
              "engine-version",
              "plan and apply refuse an engine that the Kubernetes version was not released for",
              EngineChecks::version),
          new HostCheck(
              "engine-api",
              "cri-dockerd does not understand the engine, and the kubelet starts no pods",
              EngineChecks::api),
          new HostCheck(
              "cgroup-driver",
              "the kubelet and the engine manage control groups by the engine's driver, whatever is"
                  + " said to the kubelet, and systemd wants nobody beside it who does",
              EngineChecks::cgroupDriver));

  private EngineChecks() {}

  private static Stream<Symptom> version(Subject host) {
    String version = host.engine().facts().version();
    Release release = host.cluster().release();
    return host.cluster().acceptsEngine(version)
        ? Stream.empty()
        : Stream.of(
            blocks(
                "Docker Engine " + version + " is not one that " + release.version() + " is for",
                release.version() + " was released for " + String.join(", ", release.engines()),
                "install one of these, or accept any with ignore_docker_version: true"));
  }

  private static Stream<Symptom> api(Subject host) {
    Optional<ImageVersion> engine = ImageVersion.of(host.engine().facts().version());
    ClusterSpec spec = host.cluster().spec();
    if (engine.isEmpty() || !spec.runtime().criDockerd().isUsed(spec.version())) {
      return Stream.empty();
    }
    ImageRef tools = host.cluster().image(SystemImage.KUBERNETES_SERVICES_SIDECAR);
    String evidence =
        "Docker Engine " + host.engine().facts().version() + ", cri-dockerd of " + tools;
    if (engine.get().compareTo(API_1_44) >= 0 && !ImageVersion.isAtLeast(tools, READS_API_1_44)) {
      return Stream.of(
          blocks(
              "cri-dockerd is too old for the engine",
              evidence,
              "install Docker Engine 24, or take a version of Kubernetes with rke-tools "
                  + READS_API_1_44
                  + " or newer"));
    }
    if (engine.get().compareTo(NOTHING_OLDER) >= 0
        && !ImageVersion.isAtLeast(tools, SPEAKS_API_1_44)) {
      return Stream.of(
          warns(
              "the engine does not answer cri-dockerd unless it is told to",
              evidence,
              "start dockerd with DOCKER_MIN_API_VERSION=1.41, or install an engine older than"
                  + " 29"));
    }
    return Stream.empty();
  }

  /**
   * The kubelet cannot disagree with the engine: the entrypoint of rke-tools gives it the engine's
   * driver after all other arguments, and the last one counts.
   */
  private static Stream<Symptom> cgroupDriver(Subject host) {
    String driver = host.engine().facts().cgroupDriver();
    Stream<Symptom> ignored =
        wantedDriver(host.cluster().spec().services().kubelet().options())
            .filter(wanted -> !wanted.equals(driver))
            .map(
                wanted ->
                    warns(
                        "cgroup-driver " + wanted + " has no effect",
                        "docker info: Cgroup Driver: " + driver,
                        "take cgroup-driver out of the kubelet's arguments, or "
                            + withDriver(wanted)))
            .stream();
    boolean disturbs =
        driver.equals("cgroupfs")
            && host.facts().has("cgroup-type", "cgroup2fs")
            && host.facts().hasSystemd();
    return disturbs
        ? Stream.concat(
            ignored,
            Stream.of(
                warns(
                    "systemd and the engine both manage control groups of version 2",
                    "docker info: Cgroup Driver: cgroupfs, and systemd runs",
                    withDriver("systemd"))))
        : ignored;
  }

  private static Optional<String> wantedDriver(ServiceOptions kubelet) {
    String flag = "cgroup-driver";
    List<String> last = kubelet.repeatedArgs().getOrDefault(flag, List.of());
    return last.isEmpty()
        ? Optional.ofNullable(kubelet.args().get(flag))
        : Optional.of(last.get(last.size() - 1));
  }

  private static String withDriver(String driver) {
    return "set \"exec-opts\": [\"native.cgroupdriver="
        + driver
        + "\"] in /etc/docker/daemon.json, and restart the engine";
  }
}
