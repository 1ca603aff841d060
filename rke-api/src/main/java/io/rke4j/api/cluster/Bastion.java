package io.rke4j.api.cluster;

/**
 * A host on the way to the others: they are reached by SSH through it. Its own key is verified by
 * the same policy as theirs.
 *
 * @param address where it is reached: a name or an IP address
 * @param ssh how to log in there
 */
public record Bastion(String address, SshAccess ssh) {}
