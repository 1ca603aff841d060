package io.rke4j.api.cluster;

/** The machine that a node runs on: one that is there, or one that a driver has to make. */
public sealed interface MachineSpec permits ExistingHost, VirtualMachine {}
