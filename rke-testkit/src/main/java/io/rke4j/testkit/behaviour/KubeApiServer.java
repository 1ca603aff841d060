package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.behaviour.ClusterApi.Mode;
import io.rke4j.testkit.behaviour.ClusterApi.ServingFiles;
import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.host.OpenPort;
import io.rke4j.testkit.kube.api.EtcdLink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An API server: serves what its etcd keeps, with the certificates of its host. Without a healthy
 * etcd it gives up after a while, as the real one does, and the engine starts it again. One that
 * serves goes on without etcd: it says that it is not well, and lets requests wait in vain.
 */
final class KubeApiServer extends Program {

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int TRIES = 200;

  private final Etcds etcds;
  private final ControlPlanes planes;

  KubeApiServer(Etcds etcds, ControlPlanes planes) {
    this.etcds = etcds;
    this.planes = planes;
  }

  @Override
  public void start(ContainerProcess process) {
    process.execute(() -> tryToServe(process, TRIES));
  }

  private void tryToServe(ContainerProcess process, int tries) {
    if (process.isOver()) {
      return;
    }
    List<String> servers =
        List.of(process.settings().flag("etcd-servers").orElse("").split(",", -1));
    Optional<String> data = etcds.dataAt(servers);
    if (data.isPresent()) {
      serve(process, data.get(), () -> etcds.state(servers, data.get()));
    } else if (tries > 0) {
      process.machine().threads().later(PAUSE, () -> tryToServe(process, tries - 1));
    } else {
      process.err("Error: context deadline exceeded");
      process.exit(1);
    }
  }

  private void serve(ContainerProcess process, String data, Supplier<EtcdLink.State> etcd) {
    try {
      ServingFiles files =
          new ServingFiles(
              Files.required(process, "tls-cert-file"),
              Files.required(process, "tls-private-key-file"),
              Files.required(process, "client-ca-file"));
      String version = Files.kubernetes(process);
      boolean rbac = process.settings().flag("authorization-mode").orElse("").contains("RBAC");
      int port = Integer.parseInt(process.settings().flag("secure-port").orElse("6443"));
      ClusterApi api = planes.of(data, version);
      OpenPort open =
          api.serve(
              new InetSocketAddress(process.machine().address(), port),
              files,
              new Mode(version, rbac),
              new EtcdLink(etcd, process.machine().threads().time()));
      process.atEnd(open::close);
      OpenPort known =
          planes.serves(process.machine().ip(), api, () -> etcd.get() == EtcdLink.State.HEALTHY);
      process.atEnd(known::close);
      process.err(
          "I0101 00:00:00.000000       1 secure_serving.go:197] Serving securely on [::]:" + port);
    } catch (IOException | IllegalArgumentException e) {
      process.err("F0101 00:00:00.000000       1 controller.go] " + e.getMessage());
      process.exit(1);
    }
  }
}
