package io.rke4j.spi.node;

import java.util.Map;

/**
 * Makes a driver from textual settings, for programs that look for drivers with {@link
 * java.util.ServiceLoader} themselves; the library does not, and takes the driver that it is given.
 */
public interface NodeDriverProvider {

  /** A short name, for example {@code existing}. */
  String id();

  /** Opens the driver. The caller closes it. */
  NodeDriver open(Map<String, String> settings);
}
