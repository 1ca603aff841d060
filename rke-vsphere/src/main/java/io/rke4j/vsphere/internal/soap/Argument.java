package io.rke4j.vsphere.internal.soap;

/**
 * One argument of a call.
 *
 * @param name its name in the vSphere API
 * @param value a data object, a reference, a string, a number, a truth or an array of them
 */
record Argument(String name, Object value) {}
