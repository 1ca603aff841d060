package io.rke4j.core.manifest;

import io.rke4j.api.cluster.Agent;
import io.rke4j.api.cluster.AgentsSpec;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.StandardAgent;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.manifest.PlannedAddon.Kind;
import io.rke4j.spi.addon.AddonManifest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The agents that a cluster is to have, as manifests. What they log in with is in none of them, but
 * in a Secret whose name they have.
 */
public final class Agents {

  /** Where agents are. */
  public static final String NAMESPACE = "cattle-system";

  private Agents() {}

  /** The agents and what they need, in the order of deployment. */
  static List<PlannedAddon> of(Resolved cluster) {
    AgentsSpec spec = cluster.spec().addons().agents();
    List<PlannedAddon> planned = new ArrayList<>();
    if (spec.has(StandardAgent.AUTH_ENDPOINT)) {
      planned.add(planned("rke-agent-crds", Template.file("agent-definitions.yaml").fill()));
    }
    if (spec.agents().stream().anyMatch(Agent.Standard.class::isInstance)) {
      planned.add(planned("rke-agent-rights", Template.file("agent-rights.yaml").fill()));
    }
    for (Agent agent : spec.agents()) {
      planned.add(planned(agent.name(), manifest(agent, cluster)));
    }
    return planned;
  }

  private static String manifest(Agent agent, Resolved cluster) {
    AgentsSpec spec = cluster.spec().addons().agents();
    if (agent instanceof Agent.Standard standard) {
      return standard(standard, cluster);
    }
    return ((Agent.Own) agent)
        .manifest()
        .replace("${server}", spec.server())
        .replace("${caChecksum}", spec.caChecksum())
        .replace("${namespace}", NAMESPACE)
        .replace("${credentials}", credentials(spec));
  }

  private static String standard(Agent.Standard agent, Resolved cluster) {
    AgentsSpec spec = cluster.spec().addons().agents();
    Template template =
        Template.file(
                switch (agent.kind()) {
                  case CLUSTER_AGENT -> "agent-cluster.yaml";
                  case NODE_AGENT -> "agent-node.yaml";
                  case AUTH_ENDPOINT -> "agent-auth.yaml";
                })
            .with("image", image(agent, cluster))
            .with("osLabel", cluster.release().traits().addons().osLabel());
    return agent.kind().registers()
        ? template
            .with("server", spec.server())
            .with("caChecksum", spec.caChecksum())
            .with("credentials", credentials(spec))
            .fill()
        : template.fill();
  }

  private static ImageRef image(Agent.Standard agent, Resolved cluster) {
    ImageRef usual = agent.kind().image();
    return agent
        .ownImage()
        .orElseGet(() -> cluster.spec().runtime().defaultRegistry().map(usual::in).orElse(usual));
  }

  private static PlannedAddon planned(String name, String yaml) {
    return new PlannedAddon(new AddonManifest(name, yaml), true, Kind.AGENT);
  }

  /**
   * The Secret with what agents log in with. Its name changes with that, so that agents are
   * restarted when it does (Rancher's {@code systemtemplate}).
   */
  public static String credentials(AgentsSpec spec) {
    try {
      byte[] text = (spec.server() + spec.token().reveal()).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("MD5").digest(text);
      return "cattle-credentials-" + HexFormat.of().formatHex(hash).substring(0, 7);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
