package io.rke4j.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test real hosts, which are containers of this machine's Docker Engine, and all that a
 * cluster on them takes. Where there is no Docker Engine, or not the image of the hosts, the test
 * is skipped and the report says why. A machine comes into being when a provisioner makes it, and
 * goes at the end with everything on it.
 *
 * <p>It stands and lives as {@link SimulatedCluster} does, and fills parameters of the same types,
 * with {@link io.rke4j.testkit.docker.DockerNodeDriver} in place of the fleet. What this annotation
 * cannot say, {@link DockerClusterExtension} can.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(DockerClusterExtension.class)
public @interface DockerCluster {

  /** How many machines, each of which becomes a node. */
  int nodes() default 1;

  /** How many of them are control planes with a member of etcd; the first ones. All are workers. */
  int controlPlanes() default 1;

  /** The Kubernetes version as RKE names it. */
  String kubernetes() default Layout.USUAL_VERSION;

  /** The image of the machines; see {@link io.rke4j.testkit.docker.DockerHosts}. */
  String image() default "rke4j-lab/node";

  /** {@code address:port} of a mirror of docker.io, reached without TLS; none if empty. */
  String registryMirror() default "";
}
