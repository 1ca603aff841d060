package io.rke4j.spi.addon;

/**
 * Manifests to put into a cluster.
 *
 * @param name stable name of the addon; an RFC 1123 label
 * @param yaml one or more YAML documents
 */
public record AddonManifest(String name, String yaml) {}
