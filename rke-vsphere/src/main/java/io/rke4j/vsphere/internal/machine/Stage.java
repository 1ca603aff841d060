package io.rke4j.vsphere.internal.machine;

import java.util.Locale;

/**
 * How far a machine is. A stage is recorded in the machine by the very change that completes it, so
 * that after a crash nobody has to guess.
 */
enum Stage {
  MADE,
  RECORDED,
  HARDWARE,
  NETWORKS,
  PARAMETERS,
  SEED,
  READY;

  String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The stage of this slug; the first one for a word that is none. */
  static Stage of(String slug) {
    for (Stage stage : values()) {
      if (stage.slug().equals(slug)) {
        return stage;
      }
    }
    return MADE;
  }
}
