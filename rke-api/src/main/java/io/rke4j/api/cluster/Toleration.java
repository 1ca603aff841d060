package io.rke4j.api.cluster;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Lets pods onto nodes in spite of a taint, by Kubernetes' rules.
 *
 * @param key what the taint is about; empty for every taint
 * @param operator how taints are compared
 * @param value the taint's value; empty with {@link Operator#EXISTS}
 * @param effect which effect of the taint is tolerated; empty for every effect
 * @param lasting how long a pod stays after a taint {@code NoExecute} came; {@link #FOREVER} unless
 *     limited
 */
public record Toleration(
    String key, Operator operator, String value, Optional<Taint.Effect> effect, Duration lasting) {

  /** A pod stays however long the taint does. */
  public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  /** Tolerates every taint. */
  public static final Toleration EVERYTHING =
      new Toleration("", Operator.EXISTS, "", Optional.empty(), FOREVER);

  /** How taints are compared. */
  public enum Operator {
    /** Key and value must be the same. */
    EQUAL("Equal"),
    /** Any value of the key will do. */
    EXISTS("Exists");

    private final String kubernetesName;

    Operator(String kubernetesName) {
      this.kubernetesName = kubernetesName;
    }

    /** The spelling in the Kubernetes API. */
    public String kubernetesName() {
      return kubernetesName;
    }
  }

  /** Checks what Kubernetes would refuse. */
  public Toleration {
    if (operator == Operator.EXISTS && !value.isEmpty()) {
      throw new IllegalArgumentException("has a value, which operator Exists does not compare");
    }
    if (operator == Operator.EQUAL && key.isEmpty()) {
      throw new IllegalArgumentException("has no key, which only operator Exists may leave out");
    }
    if (!lasting.equals(FOREVER) && !effect.equals(Optional.of(Taint.Effect.NO_EXECUTE))) {
      throw new IllegalArgumentException("is limited in time, which only NoExecute can be");
    }
  }

  /** Tolerates a taint whatever its value and effect. */
  public static Toleration of(String key) {
    return new Toleration(key, Operator.EXISTS, "", Optional.empty(), FOREVER);
  }
}
