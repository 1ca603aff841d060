package io.rke4j.testkit.engine;

import io.rke4j.testkit.container.DockerHost;
import io.rke4j.testkit.container.Networks;
import io.rke4j.testkit.host.Duplex;

/** The HTTP interface of a host's Docker Engine: what listens on {@code /var/run/docker.sock}. */
public final class DockerApi implements Duplex.Service {

  private final DockerHost host;
  private final Unreliable handler;

  /**
   * The interface of this engine.
   *
   * @param faults which requests go wrong
   */
  public DockerApi(DockerHost host, EngineFaults faults) {
    this.host = host;
    Router router = new Router(host.machine().facts().engine());
    new SystemCalls(host).addTo(router);
    new ImageCalls(host).addTo(router);
    new ContainerCalls(host).addTo(router);
    new OutputCalls(host).addTo(router);
    new ArchiveCalls(host).addTo(router);
    new ExecCalls(host).addTo(router);
    new VolumeCalls(host).addTo(router);
    new NetworkCalls(new Networks()).addTo(router);
    this.handler = new Unreliable(router, faults, host.machine().threads().time());
  }

  @Override
  public Duplex open(Duplex.Carrier carrier) {
    return new HttpConnection(carrier, handler, host.machine().threads());
  }
}
