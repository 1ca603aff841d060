package io.rke4j.api.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the agents of a cluster; there are none if nothing is said. */
public final class AgentsBuilder {

  private final Problems problems;
  private final List<Agent> agents = new ArrayList<>();
  private String server = "";
  private Secret token = Secret.of("");
  private String caChecksum = "";
  private Duration patience = AgentsSpec.NONE.patience();

  AgentsBuilder(Problems problems) {
    this.problems = problems;
  }

  /** Where agents log in, for example {@code https://rancher.example}. */
  public AgentsBuilder server(String address) {
    if (!address.matches("https://[^\\s/\"\\\\]+(/[^\\s\"\\\\]*)?")) {
      problems.add("agents.server", "'" + address + "' is not an https address", "correct it");
    }
    this.server = address;
    return this;
  }

  /** What agents log in with: a registration token of the server. */
  public AgentsBuilder token(Secret registration) {
    this.token = registration;
    return this;
  }

  /**
   * The certificate of the authority that has signed the server's, as PEM; not needed if everybody
   * trusts it. Agents get its SHA-256 and accept no other.
   */
  public AgentsBuilder authority(String pem) {
    try {
      // As agents compute it: with exactly one line's end.
      byte[] text = (pem.stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8);
      return caChecksum(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The same, where the checksum is known: 64 hexadecimal digits. */
  public AgentsBuilder caChecksum(String sha256) {
    if (!sha256.matches("[0-9a-f]{64}")) {
      problems.add(
          "agents.ca_checksum", "'" + sha256 + "' is not a SHA-256", "give 64 hexadecimal digits");
    }
    this.caChecksum = sha256;
    return this;
  }

  /** Those that Rancher 2.4 starts, from its images. */
  public AgentsBuilder standard() {
    return clusterAgent(null).nodeAgent(null).authEndpoint(null);
  }

  /**
   * The agent that speaks for the cluster.
   *
   * @param image null for Rancher's
   */
  public AgentsBuilder clusterAgent(@Nullable String image) {
    return standard(StandardAgent.CLUSTER_AGENT, image);
  }

  /**
   * The agent that speaks for each node.
   *
   * @param image null for Rancher's
   */
  public AgentsBuilder nodeAgent(@Nullable String image) {
    return standard(StandardAgent.NODE_AGENT, image);
  }

  /**
   * The authentication service of the control plane nodes. The API server asks it whose a token is,
   * unless a token webhook is set otherwise.
   *
   * @param image null for Rancher's
   */
  public AgentsBuilder authEndpoint(@Nullable String image) {
    return standard(StandardAgent.AUTH_ENDPOINT, image);
  }

  private AgentsBuilder standard(StandardAgent kind, @Nullable String image) {
    Optional<ImageRef> own = Optional.empty();
    if (image != null) {
      String path = "agents." + kind.addon() + ".image";
      own = Optional.of(problems.value(path, kind.image(), () -> new ImageRef(image)));
    }
    agents.removeIf(agent -> agent.name().equals(kind.addon()));
    agents.add(new Agent.Standard(kind, own));
    return this;
  }

  /** An agent of the user's own; see {@link Agent.Own} for what its manifest may refer to. */
  public AgentsBuilder agent(String name, String manifest) {
    if (agents.stream().anyMatch(known -> known.name().equals(name))) {
      problems.add("agents", "two agents are named '" + name + "'", "rename one of them");
    }
    problems.value("agents." + name, false, () -> agents.add(new Agent.Own(name, manifest)));
    return this;
  }

  /** How long agents may take to be ready; five minutes if not called. */
  public AgentsBuilder patience(Duration atMost) {
    if (atMost.isNegative() || atMost.isZero()) {
      problems.add("agents.patience", "must be above 0, but is " + atMost, "give more time");
    }
    this.patience = atMost;
    return this;
  }

  AgentsSpec build() {
    boolean logsIn =
        agents.stream()
            .anyMatch(
                agent -> agent instanceof Agent.Standard standard && standard.kind().registers());
    if (logsIn && server.isEmpty()) {
      problems.add("agents.server", "is missing, and agents log in there", "name the server");
    }
    if (logsIn && token.reveal().isBlank()) {
      problems.add(
          "agents.token", "is missing, and agents log in with it", "give a registration token");
    }
    return new AgentsSpec(server, token, caChecksum, agents, patience);
  }
}
