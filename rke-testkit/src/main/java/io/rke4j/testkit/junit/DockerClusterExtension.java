package io.rke4j.testkit.junit;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.testkit.docker.DockerEngine;
import io.rke4j.testkit.docker.DockerNodeDriver;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What {@link DockerCluster} does, as a field with {@code @RegisterExtension}, which can say more.
 * In a static field it lives as long as the tests of the class together, in another one as long as
 * each of them.
 */
public final class DockerClusterExtension extends ClusterExtension implements ExecutionCondition {

  private final @Nullable Builder field;

  /** For {@link DockerCluster}. */
  DockerClusterExtension() {
    this.field = null;
  }

  private DockerClusterExtension(Builder field) {
    this.field = field;
  }

  /** Starts to say what is wanted. */
  public static Builder builder() {
    return new Builder();
  }

  /** What makes the hosts of the test that runs. */
  public DockerNodeDriver driver() {
    return (DockerNodeDriver) current().hosts();
  }

  /** Without a Docker Engine there is nothing to test. */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return builder(context)
        .flatMap(it -> DockerEngine.missing(it.image))
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("hosts can be made of containers"));
  }

  private Optional<Builder> builder(ExtensionContext context) {
    return field != null
        ? Optional.of(field)
        : context.getElement().flatMap(DockerClusterExtension::named);
  }

  private static Optional<Builder> named(AnnotatedElement element) {
    return AnnotationSupport.findAnnotation(element, DockerCluster.class)
        .map(
            it ->
                builder()
                    .nodes(it.nodes())
                    .controlPlanes(it.controlPlanes())
                    .kubernetes(it.kubernetes())
                    .image(it.image())
                    .registryMirror(it.registryMirror()));
  }

  @Override
  Optional<Wanted> annotated(AnnotatedElement element) {
    return named(element).map(Builder::wanted);
  }

  @Override
  Optional<Wanted> registered() {
    return Optional.ofNullable(field).map(Builder::wanted);
  }

  @Override
  Class<?> hosts() {
    return DockerNodeDriver.class;
  }

  /** Says what a test needs. For one thread. */
  public static final class Builder extends ClusterBuilder<Builder> {

    private String image = "rke4j-lab/node";
    private String registryMirror = "";

    private Builder() {}

    /** The image of the machines; the lab's if not called. */
    public Builder image(String name) {
      image = name;
      return this;
    }

    /** {@code address:port} of a mirror of docker.io, reached without TLS; none if not called. */
    public Builder registryMirror(String addressAndPort) {
      registryMirror = addressAndPort;
      return this;
    }

    /**
     * The extension.
     *
     * @throws IllegalArgumentException if there are more control planes than nodes, or none
     */
    public DockerClusterExtension build() {
      wanted();
      return new DockerClusterExtension(this);
    }

    @Override
    Ground.Maker ground(Layout layout, Consumer<ClusterSpec.Builder> spec) {
      ContainerGround.Hosts hosts = new ContainerGround.Hosts(image, registryMirror);
      return folder -> ContainerGround.make(layout, hosts, spec, folder);
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
