package io.rke4j.vsphere;

/**
 * A machine that carries the cluster's mark and that nobody asks for any more.
 *
 * @param machine its name in vCenter
 * @param id what vCenter knows it by, for example {@code vm-42}
 * @param node the node it was made for
 * @param stage how far it came: {@code made}, {@code recorded}, {@code hardware}, {@code networks},
 *     {@code parameters}, {@code seed} or {@code ready}
 */
public record Orphan(String machine, String id, String node, String stage) {}
