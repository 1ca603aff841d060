package io.rke4j.examples;

import static io.rke4j.api.cluster.Role.CONTROL_PLANE;
import static io.rke4j.api.cluster.Role.ETCD;
import static io.rke4j.api.cluster.Role.WORKER;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.Provisioning;
import io.rke4j.api.cluster.Addon;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.event.ProvisionEvent.StepSucceeded;
import io.rke4j.api.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Builds a cluster of two hosts: the sample of the README. */
public final class Quickstart {

  private Quickstart() {}

  /** Put the addresses of your own hosts in, and a manifest of yours. */
  public static void main(String[] words) throws InterruptedException, TimeoutException {
    // tag::cluster[]
    ClusterSpec spec =
        ClusterSpec.named("demo")
            .kubernetes("v1.20.15-rancher2-1")
            .node("cp-1", n -> n.address("192.0.2.11").user("rancher").roles(ETCD, CONTROL_PLANE))
            .node("worker-1", n -> n.address("192.0.2.12").user("rancher").roles(WORKER))
            .network(net -> net.plugin("flannel").podCidr("10.42.0.0/16"))
            .addon(Addon.manifest("shop", Path.of("shop.yml")))
            .build(); // every mistake in one exception

    try (ClusterProvisioner rke =
        ClusterProvisioner.builder()
            .stateDirectory(Path.of("state")) // the cluster's keys are here: keep it
            .on(StepSucceeded.class, done -> System.out.println(done.step() + " " + done.took()))
            .build()) {
      Plan plan = rke.plan(spec); // looks at the hosts, changes nothing
      System.out.print(plan.render());
      Provisioning run = rke.apply(plan); // does not wait for it; run.cancel() stops it
      Cluster cluster = run.await(Duration.ofMinutes(15)).orElseThrow();
      System.out.println("up at " + cluster.endpoint()); // cluster.kubeconfig() opens it
    }
    // end::cluster[]
  }
}
