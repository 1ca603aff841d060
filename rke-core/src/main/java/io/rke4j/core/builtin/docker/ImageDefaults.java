package io.rke4j.core.builtin.docker;

import com.github.dockerjava.api.model.ContainerConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an image brings to its containers by itself. */
record ImageDefaults(
    List<String> entrypoint,
    List<String> command,
    List<String> env,
    String user,
    Map<String, String> labels) {

  static final ImageDefaults NONE =
      new ImageDefaults(List.of(), List.of(), List.of(), "", Map.of());

  static ImageDefaults of(@Nullable ContainerConfig config) {
    return config == null
        ? NONE
        : new ImageDefaults(
            words(config.getEntrypoint()),
            words(config.getCmd()),
            words(config.getEnv()),
            Objects.toString(config.getUser(), ""),
            labels(config));
  }

  /** A list that the engine may leave out. */
  static List<String> words(String @Nullable [] words) {
    return words == null ? List.of() : Stream.of(words).toList();
  }

  static Map<String, String> labels(ContainerConfig config) {
    return config.getLabels() == null ? Map.of() : config.getLabels();
  }
}
