package io.rke4j.vsphere.internal.vim;

/**
 * What vCenter knows an object by.
 *
 * @param kind its type, for example {@code VirtualMachine}
 * @param id its id, for example {@code vm-42}
 */
public record ObjectId(String kind, String id) {}
