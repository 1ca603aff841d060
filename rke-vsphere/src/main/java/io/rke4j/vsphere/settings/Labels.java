package io.rke4j.vsphere.settings;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a machine is labelled with in vCenter.
 *
 * @param tags ids of tags, {@code urn:vmomi:InventoryServiceTag:…}
 * @param attributes values of custom attributes by the numbers of the attributes
 */
public record Labels(List<String> tags, Map<Integer, String> attributes) {

  /** Copies both. */
  public Labels {
    tags = List.copyOf(tags);
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /** No labels. */
  public static Labels none() {
    return new Labels(List.of(), Map.of());
  }
}
