package io.rke4j.core.kube;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.api.cluster.Drain;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.Observation;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.spi.node.Route;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the library does with the API of one cluster. Thread-safe; close it when done. Every failure
 * is a {@link KubeApiException}, and none of them names a credential.
 */
public final class KubeApi implements AutoCloseable {

  private final KubeClient client;
  private final NodeObjects nodes;

  private KubeApi(KubeClient client, NodeObjects nodes) {
    this.client = client;
    this.nodes = nodes;
  }

  /** The API of the cluster in the kubeconfig's current context. No request is made yet. */
  public static KubeApi open(Secret kubeconfig) {
    return open(kubeconfig, Optional.empty());
  }

  /** As {@link #open(Secret)}, over a way that is not the direct one. */
  public static KubeApi open(Secret kubeconfig, Optional<Route> route) {
    return open(kubeconfig, route, Map.of());
  }

  /**
   * As {@link #open(Secret, Optional)}.
   *
   * @param addresses internal addresses of the nodes, if a cloud gives them names of its own
   */
  public static KubeApi open(
      Secret kubeconfig, Optional<Route> route, Map<NodeName, String> addresses) {
    KubeClient client = KubeClient.open(kubeconfig, route);
    return new KubeApi(client, new NodeObjects(client, addresses));
  }

  /** The same API, whose nodes are asked for once and are those of that moment from then on. */
  KubeApi seeingNodesOnce() {
    return new KubeApi(client, nodes.seenOnce());
  }

  /** The plain requests under all of this. */
  public KubeClient client() {
    return client;
  }

  /**
   * Whether the API server says that it is ready. A server that cannot become ready for us, because
   * its certificate or ours is of another cluster, is an error at once.
   */
  public Observation ready() {
    try {
      client.text("/readyz");
      return Observation.done();
    } catch (KubeApiException e) {
      // Until the API server has written its own roles, even the administrator is forbidden.
      if (!e.isTransient() && e.status() != 403) {
        throw e;
      }
      return Observation.notYet(String.valueOf(e.getMessage()));
    }
  }

  /** The server's version. */
  public ServerVersion serverVersion() {
    return ServerVersion.read(client);
  }

  /**
   * The rights that the cluster needs under a mode of authorization.
   *
   * @param podSecurityPolicy whether pods need a policy that allows them
   */
  public WantedObjects authorization(AuthorizationMode mode, boolean podSecurityPolicy) {
    return authorization(mode, podSecurityPolicy, true);
  }

  /**
   * As {@link #authorization(AuthorizationMode, boolean)}.
   *
   * @param deployer whether deploy Jobs may act, too
   */
  public WantedObjects authorization(
      AuthorizationMode mode, boolean podSecurityPolicy, boolean deployer) {
    return AuthorizationObjects.of(client, mode, podSecurityPolicy, deployer);
  }

  /** The right of a namespace's pods to do whatever the default PodSecurityPolicy allows. */
  public WantedObjects podSecurity(String namespace) {
    return AuthorizationObjects.granting(client, namespace);
  }

  /** The right of deploy Jobs to do everything. */
  public WantedObjects deployerRights() {
    return AuthorizationObjects.deployer(client);
  }

  /** Rights that provisioning has left, and that nobody needs. */
  public SurplusRights provisioningRights() {
    return SurplusRights.provisioning(client);
  }

  /** The right of deploy Jobs to do everything, to be taken away. */
  public SurplusRights surplusDeployer() {
    return SurplusRights.deployer(client);
  }

  /** Objects written anew, as the API server now encrypts. */
  public StorageRewrite storageRewrite() {
    return new StorageRewrite(client);
  }

  /** Labels, taints and annotations of the nodes. */
  public NodeSync nodes() {
    return new NodeSync(nodes);
  }

  /** Whether a node is ready; if not, what it or Kubernetes says about it. */
  public Observation nodeReady(NodeName name) {
    return nodeReady(name, Instant.EPOCH);
  }

  /**
   * Whether a node is ready and has said so since its kubelet was started. For up to 40 seconds
   * Kubernetes takes a node for ready whose kubelet is gone, and a kubelet that has just started
   * may call its node unready first.
   *
   * @param since when the kubelet was started, by the node's clock; reports of whole seconds are
   *     compared
   */
  public Observation nodeReady(NodeName name, Instant since) {
    return nodes.ready(name, since.truncatedTo(SECONDS));
  }

  /**
   * The name of a control plane node as Kubernetes has it, which may be a cloud's; the given name
   * if none has registered.
   */
  public String controlPlane(NodeName name) {
    return nodes.controlPlane(name).orElse(name.value());
  }

  /** Lets no further pods onto a node. */
  public void cordon(NodeName name) {
    unschedulable(name, true);
  }

  /** Lets pods onto a node again. */
  public void uncordon(NodeName name) {
    unschedulable(name, false);
  }

  private void unschedulable(NodeName name, boolean value) {
    ObjectNode patch = KubeJson.object();
    patch.putObject("spec").put("unschedulable", value);
    nodes.merge(name, patch);
  }

  /** Keeps pods away from nodes while they are changed. */
  public NodeRollout rollout() {
    return new NodeRollout(nodes);
  }

  /**
   * The pods of a node, which are to leave it.
   *
   * @throws KubeApiException with status 404 if the node has not registered
   */
  public NodeDrain drain(NodeName name, Drain.On settings) {
    String node = nodes.require(name).at("/metadata/name").asText();
    return new NodeDrain(client, node, settings);
  }

  /** Whether a node has registered. */
  public boolean hasNode(NodeName name) {
    return nodes.find(name).isPresent();
  }

  /** Which nodes Kubernetes has not heard of, as of now. */
  public NodeSilence silence() {
    return NodeSilence.of(client, nodes);
  }

  /** Takes a node out of the cluster; where there is none, does nothing. */
  public void deleteNode(NodeName name) {
    nodes.delete(name);
  }

  /** The password of the network plugin, as kept in a Secret of that name. */
  public NetworkPassword networkPassword(String secret) {
    return new NetworkPassword(client, secret);
  }

  /** What agents log in with, as kept in the namespace of agents. */
  public AgentCredentials agentCredentials(String namespace) {
    return new AgentCredentials(client, namespace);
  }

  /** The cluster's state as kept in the cluster itself. */
  public SavedState savedState() {
    return new SavedState(client);
  }

  @Override
  public void close() {
    client.close();
  }
}
