package io.rke4j.spi.node;

import java.util.Map;

/** Found by {@link java.util.ServiceLoader}; makes a driver from textual settings. */
public interface NodeDriverProvider {

  /** The name that configuration files use, for example {@code existing}. */
  String id();

  /** Opens the driver. The caller closes it. */
  NodeDriver open(Map<String, String> settings);
}
