package io.rke4j.vsphere.internal.vim;

import java.util.Optional;

/**
 * An object of the inventory.
 *
 * @param id its id
 * @param name its name
 * @param parent what it is in; empty for the root
 */
public record Item(ObjectId id, String name, Optional<ObjectId> parent) {}
