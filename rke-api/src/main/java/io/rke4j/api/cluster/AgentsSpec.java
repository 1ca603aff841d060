package io.rke4j.api.cluster;

import java.time.Duration;
import java.util.List;

/**
 * The agents that are started when the cluster is finished.
 *
 * @param server where they log in, an {@code https} address; empty if none does
 * @param token what they log in with; empty if none does
 * @param caChecksum SHA-256 of the certificate of the server's authority as agents check it, in
 *     hexadecimal digits; empty if everybody trusts that authority
 * @param agents the agents, in the order of deployment
 * @param patience how long they may take to be ready
 */
public record AgentsSpec(
    String server, Secret token, String caChecksum, List<Agent> agents, Duration patience) {

  /** No agents. */
  public static final AgentsSpec NONE =
      new AgentsSpec("", Secret.of(""), "", List.of(), Duration.ofMinutes(5));

  /** Copies the list. */
  public AgentsSpec {
    agents = List.copyOf(agents);
  }

  /** Whether one of Rancher's is among them. */
  public boolean has(StandardAgent kind) {
    return agents.stream()
        .anyMatch(agent -> agent instanceof Agent.Standard standard && standard.kind() == kind);
  }
}
