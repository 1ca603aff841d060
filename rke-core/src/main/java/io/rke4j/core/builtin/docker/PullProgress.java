package io.rke4j.core.builtin.docker;

import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.spi.OperationContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows a pull: how far it is, and what went wrong in the middle of it. */
final class PullProgress {

  private final ImageRef image;
  private final OperationContext context;
  private final Map<String, Layer> layers = new HashMap<>();
  private int lastPercent = -1;
  private @Nullable String error;

  private record Layer(long done, long size) {}

  PullProgress(ImageRef image, OperationContext context) {
    this.image = image;
    this.context = context;
  }

  /** Takes one line of the engine's report. */
  synchronized void show(PullResponseItem item) {
    if (item.getErrorDetail() != null) {
      error = String.valueOf(item.getErrorDetail().getMessage());
    }
    ResponseItem.ProgressDetail detail = item.getProgressDetail();
    if (item.getId() != null
        && "Downloading".equals(item.getStatus())
        && detail != null
        && detail.getCurrent() != null
        && detail.getTotal() != null) {
      layers.put(item.getId(), new Layer(detail.getCurrent(), detail.getTotal()));
      report();
    }
  }

  private void report() {
    long done = layers.values().stream().mapToLong(Layer::done).sum();
    long size = layers.values().stream().mapToLong(Layer::size).sum();
    int percent = size <= 0 ? 0 : (int) Math.min(100, done * 100 / size);
    if (percent > lastPercent) {
      lastPercent = percent;
      context.progress(percent / 100.0, "pulling " + image);
    }
  }

  /** What went wrong, if the engine reported it after it had begun to answer. */
  synchronized Optional<String> error() {
    return Optional.ofNullable(error);
  }
}
