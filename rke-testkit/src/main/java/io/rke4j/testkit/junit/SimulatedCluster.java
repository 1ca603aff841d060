package io.rke4j.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test simulated hosts and all that a cluster on them takes. On a method they live as long
 * as the method; on a class as long as all its tests together, nested ones included. A method's own
 * ones are taken before those of its class.
 *
 * <p>Parameters of tests, of methods that run before and after them, and of constructors are
 * filled, if they are of one of these types:
 *
 * <ul>
 *   <li>{@link io.rke4j.testkit.SimulatedFleet}: the hosts
 *   <li>{@link io.rke4j.api.cluster.ClusterSpec}: a cluster, named {@code test}, of all these
 *       hosts; nothing of it is built yet
 *   <li>{@link io.rke4j.api.ClusterProvisioner}: one that trusts these hosts, keeps its state in a
 *       folder of its own, and is found by {@link java.util.ServiceLoader}, so rke-core has to be
 *       on the class path
 *   <li>{@link io.rke4j.testkit.RecordingListener}: what that provisioner has told
 * </ul>
 *
 * <p>When a test fails, what the provisioner has told during it stands in the test's report. What
 * this annotation cannot say, {@link SimulatedClusterExtension} can.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(SimulatedClusterExtension.class)
public @interface SimulatedCluster {

  /** How many hosts, each of which becomes a node. */
  int nodes() default 1;

  /** How many of them are control planes with a member of etcd; the first ones. All are workers. */
  int controlPlanes() default 1;

  /** The Kubernetes version as RKE names it. */
  String kubernetes() default Layout.USUAL_VERSION;
}
