package io.rke4j.spi.node;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.SshAccess;

/**
 * A machine that exists, and how it is reached.
 *
 * @param name the node it carries
 * @param address where this program reaches it
 * @param internalAddress where the other nodes reach it
 * @param ssh how to log in
 * @param dockerSocket path of the Docker Engine's socket on the machine
 */
public record Machine(
    NodeName name, String address, String internalAddress, SshAccess ssh, String dockerSocket) {}
