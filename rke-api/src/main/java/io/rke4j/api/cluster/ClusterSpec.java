package io.rke4j.api.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The desired cluster: immutable, complete, and checked as far as it can be without looking at a
 * host. Build one with {@link #named(String)}; what is not said gets RKE's default, except the
 * Kubernetes version, which has to be named.
 *
 * @param name the cluster's name; state is kept under it
 * @param version the Kubernetes version, one that the catalogue knows
 * @param nodes all nodes, in the order given
 * @param services the components
 * @param network the networks
 * @param access how hosts are reached, and who may reach the API server
 * @param addons what is deployed into the cluster
 * @param runtime images and engine
 * @param cloud the cloud that the nodes are in, if Kubernetes is to know it
 * @param rollout how a change comes to the nodes
 * @param notes what users should know of it beyond what it says; warnings of every plan
 */
public record ClusterSpec(
    String name,
    KubernetesVersion version,
    List<NodeSpec> nodes,
    ServicesSpec services,
    NetworkSpec network,
    AccessSpec access,
    AddonsSpec addons,
    RuntimeSpec runtime,
    CloudProvider cloud,
    Rollout rollout,
    List<String> notes) {

  /** Copies the lists. Checks across fields are made by {@link Builder#build()}. */
  public ClusterSpec {
    nodes = List.copyOf(nodes);
    notes = List.copyOf(notes);
  }

  /** Starts a specification; the name must be an RFC 1123 label. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** The nodes of one plane, in the order given. */
  public List<NodeSpec> nodesWith(Role role) {
    return nodes.stream().filter(node -> node.has(role)).toList();
  }

  /**
   * The same cluster with certificates from elsewhere: a cluster.yml has no place for them, as with
   * RKE.
   */
  public ClusterSpec withCertificates(CertificateSpec certificates) {
    return new ClusterSpec(
        name,
        version,
        nodes,
        services,
        network,
        access.with(certificates),
        addons,
        runtime,
        cloud,
        rollout,
        notes);
  }

  /**
   * Collects the parts of a {@link ClusterSpec}. For one thread, and for one {@link #build()}.
   * Values are given as text; mistakes are collected and reported together.
   */
  public static final class Builder {

    private final Problems problems = new Problems();
    private final ClusterParts parts;

    private Builder(String name) {
      this.parts = new ClusterParts(name, problems);
    }

    /** The Kubernetes version as RKE names it, for example {@code v1.20.15-rancher2-1}. */
    public Builder kubernetes(String version) {
      parts.version(version);
      return this;
    }

    /** Adds a warning to every plan, for example of what has no effect in a file; no secrets. */
    public Builder note(String note) {
      parts.notes.add(note);
      return this;
    }

    /** Adds one node. */
    public Builder node(String name, Consumer<NodeBuilder> node) {
      parts.node(name, node);
      return this;
    }

    /** Adds all nodes of a pool. */
    public Builder pool(NodePool pool) {
      parts.pool(pool.name(), () -> pool);
      return this;
    }

    /**
     * Adds nodes that are all alike, named {@code name-1}, {@code name-2} and so on, on machines
     * that a driver makes.
     *
     * @param name what their names begin with
     * @param size how many
     * @param template says what each of them is, with {@link NodeBuilder#machine}
     */
    public Builder pool(String name, int size, Consumer<NodeBuilder> template) {
      parts.pool(name, () -> new NodePool(name, size, template));
      return this;
    }

    /** Adds nodes {@code prefix-1} to {@code prefix-count}, all alike. */
    public Builder nodes(String prefix, int count, Consumer<NodeBuilder> node) {
      for (int number = 1; number <= count; number++) {
        node(prefix + "-" + number, node);
      }
      return this;
    }

    /**
     * Reaches all hosts, and the cluster's API, through a bastion host. Called again, it adds a
     * bastion host that is reached through those before it.
     *
     * @param address the name or IP address of the bastion host
     */
    public Builder bastion(String address, Consumer<BastionBuilder> bastion) {
      parts.bastion(address, bastion);
      return this;
    }

    /** Adds to the components. */
    public Builder services(Consumer<ServicesBuilder> services) {
      services.accept(parts.services);
      return this;
    }

    /** Sets the networks. */
    public Builder network(Consumer<NetworkBuilder> network) {
      network.accept(parts.network);
      return this;
    }

    /** Sets what is deployed beside the user's own manifests. */
    public Builder addons(Consumer<AddonsBuilder> addons) {
      addons.accept(parts.addons);
      return this;
    }

    /** Sets the agents that are started when the cluster is finished. */
    public Builder agents(Consumer<AgentsBuilder> agents) {
      parts.addons.agents(agents);
      return this;
    }

    /** Adds a manifest of the user's own. */
    public Builder addon(Addon addon) {
      parts.addons.user(addon);
      return this;
    }

    /** A further name or address under which the API server is reached. */
    public Builder apiServerName(String nameOrAddress) {
      parts.sans.add(nameOrAddress);
      return this;
    }

    /** How rights are decided; {@link AuthorizationMode#RBAC} if not called. */
    public Builder authorization(AuthorizationMode mode) {
      parts.authorization = mode;
      return this;
    }

    /**
     * Has the API server ask a web server whose a token is.
     *
     * @param kubeconfig says where that is, as a kubeconfig; empty for RKE's, which asks {@code
     *     http://127.0.0.1:6440/v1/authenticate}
     * @param cacheTimeout how long an answer holds, as Go writes times, for example {@code 5s}
     */
    public Builder tokenWebhook(Secret kubeconfig, String cacheTimeout) {
      parts.tokenWebhook(kubeconfig, cacheTimeout);
      return this;
    }

    /** Where certificates and keys come from; {@link CertificateSpec#generated()} if not called. */
    public Builder certificates(CertificateSpec certificates) {
      parts.certificates = certificates;
      return this;
    }

    /**
     * Gives those certificates new keys that were issued before a moment. It says what is too old,
     * so a second run renews nothing. Hosts with etcd or an API server are changed one after the
     * other; the next follows when the one before is healthy again.
     *
     * @param issuedBefore for example the day on which a key may have been seen by others
     * @param owners whose certificates; those of all if none is named
     */
    public Builder renewCertificates(Instant issuedBefore, CertificateRenewal.Owner... owners) {
      parts.renewal = new CertificateRenewal(issuedBefore, Set.copyOf(List.of(owners)));
      return this;
    }

    /** Replaces an image of the version catalogue. */
    public Builder image(SystemImage image, String name) {
      parts.image(image, name);
      return this;
    }

    /**
     * Adds a registry that asks for a login, or that images are to come from.
     *
     * @param url host, port and perhaps a path, without a scheme; {@code docker.io} is Docker Hub
     */
    public Builder registry(String url, Consumer<RegistryBuilder> registry) {
      parts.registry(url, registry);
      return this;
    }

    /**
     * Says whether kubelets use Docker through cri-dockerd; from Kubernetes 1.24 on they do, and
     * before not, if not called.
     */
    public Builder criDockerd(boolean use) {
      parts.criDockerd(use);
      return this;
    }

    /**
     * Where cri-dockerd serves {@code exec}, {@code attach} and {@code port-forward}; at port 10010
     * of {@code 127.0.0.1} if not called.
     *
     * @param address an IPv4 address of every host; empty for the usual one
     * @param port a TCP port; 0 for the usual one
     */
    public Builder criDockerdStreams(String address, int port) {
      parts.criDockerdStreams(address, port);
      return this;
    }

    /**
     * Keeps the cluster's files in a folder of each host, for example {@code /opt/rke}: {@code
     * /etc/kubernetes}, the data of etcd and kubelet and more lie below it. If not called, or with
     * {@code /}, they lie below the root, and below {@code /opt/rke} on CoreOS, Flatcar and
     * RancherOS and {@code /mnt/sda1/rke} on Boot2Docker, as with RKE.
     */
    public Builder hostPrefix(String path) {
      parts.hostPrefix(path);
      return this;
    }

    /** Says which cloud the nodes are in, so that Kubernetes can use it. */
    public Builder cloud(Consumer<CloudBuilder> cloud) {
      cloud.accept(parts.cloud);
      return this;
    }

    /** Says how a change comes to the nodes of a cluster that runs. */
    public Builder rollout(Consumer<RolloutBuilder> rollout) {
      rollout.accept(parts.rollout);
      return this;
    }

    /**
     * Has Docker Engine installed and set up on machines that a driver makes and, if wanted, on
     * hosts that are there. If not called, nothing is done about it.
     */
    public Builder docker(Consumer<DockerBuilder> docker) {
      docker.accept(parts.docker);
      return this;
    }

    /** Accepts Docker Engines that the Kubernetes version was never released for. */
    public Builder anyEngineVersion() {
      parts.anyEngineVersion = true;
      return this;
    }

    /**
     * The finished specification.
     *
     * @throws InvalidSpecException naming every problem
     */
    public ClusterSpec build() {
      return parts.build();
    }
  }
}
