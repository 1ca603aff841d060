package io.rke4j.vsphere.internal.inventory;

import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.vim.Item;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.Vim;
import io.rke4j.vsphere.settings.Placement;
import io.rke4j.vsphere.settings.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The objects that a placement names. Nothing is kept: what was there before may be gone. */
public final class Inventory {

  private final Vim vim;
  private final Placement placement;

  /** Objects of one vCenter. */
  public Inventory(Vim vim, Placement placement) {
    this.vim = vim;
    this.placement = placement;
  }

  /** The datacenter. */
  public ObjectId datacenter() {
    return Names.datacenter(vim, placement.datacenter());
  }

  /** The datacenter's path, without the leading slash. */
  public String datacenterPath() {
    return Names.path(vim, datacenter());
  }

  /** The machine or template of this name or path. */
  public ObjectId machine(String nameOrPath) {
    return names().find(Kind.MACHINE, nameOrPath);
  }

  /** Everything that a new machine needs. */
  public Site site() {
    ObjectId datacenter = datacenter();
    Names names = new Names(vim, datacenter, Names.path(vim, datacenter));
    Optional<ObjectId> host = host(names);
    return new Site(
        datacenter,
        folder(datacenter, names),
        pool(host, datacenter, names),
        host,
        storage(names),
        placement.networks().stream().map(one -> names.find(Kind.NETWORK, one)).toList());
  }

  /** Everything that is not as the placement says it, by the keys of a node template. */
  public List<SpecProblem> problems() {
    List<SpecProblem> problems = new ArrayList<>();
    ObjectId datacenter;
    try {
      datacenter = datacenter();
    } catch (VsphereException e) {
      return List.of(problem("datacenter", e));
    }
    Names names = new Names(vim, datacenter, Names.path(vim, datacenter));
    Optional<ObjectId> host =
        attempt(problems, "hostsystem", () -> host(names)).flatMap(one -> one);
    attempt(problems, "folder", () -> folder(datacenter, names));
    attempt(problems, "pool", () -> pool(host, datacenter, names));
    String storage =
        placement.storage() instanceof Storage.DatastoreCluster ? "datastoreCluster" : "datastore";
    attempt(problems, storage, () -> storage(names));
    for (String network : placement.networks()) {
      attempt(problems, "network", () -> names.find(Kind.NETWORK, network));
    }
    return problems;
  }

  /** Looks, and makes a problem of what cannot be found. A vCenter out of reach is none. */
  public static <T> Optional<T> attempt(List<SpecProblem> problems, String key, Supplier<T> look) {
    try {
      return Optional.of(look.get());
    } catch (VsphereException e) {
      problems.add(problem(key, e));
      return Optional.empty();
    }
  }

  private static SpecProblem problem(String key, VsphereException e) {
    if (e.isTransient()) {
      throw e;
    }
    String message = String.valueOf(e.getMessage());
    String hint = e.hint();
    int end = message.length() - hint.length();
    String what = hint.isEmpty() ? message : message.substring(0, end).replaceAll("\\. $", "");
    return new SpecProblem(key, what, hint);
  }

  private Names names() {
    ObjectId datacenter = datacenter();
    return new Names(vim, datacenter, Names.path(vim, datacenter));
  }

  private ObjectId folder(ObjectId datacenter, Names names) {
    return placement.folder().isEmpty()
        ? reference(datacenter, "vmFolder")
        : names.find(Kind.FOLDER, placement.folder());
  }

  private Optional<ObjectId> host(Names names) {
    return placement.host().isEmpty()
        ? Optional.empty()
        : Optional.of(names.find(Kind.HOST, placement.host()));
  }

  private ObjectId pool(Optional<ObjectId> host, ObjectId datacenter, Names names) {
    if (!placement.pool().isEmpty()) {
      return names.find(Kind.POOL, placement.pool());
    }
    if (host.isPresent()) {
      // A host has no pool; the host or cluster that it is part of has.
      return reference(reference(host.get(), "parent"), "resourcePool");
    }
    // Root pools are those that are in a host or cluster, not in another pool.
    List<Item> roots =
        vim.items(datacenter, Kind.POOL).stream()
            .filter(one -> one.parent().stream().anyMatch(in -> in.kind().endsWith("Resource")))
            .toList();
    if (roots.size() == 1) {
      return roots.get(0).id();
    }
    throw VsphereException.unusable(
        "resource pool",
        roots.isEmpty() ? "is not there" : "is not given, and there are several clusters or hosts",
        "Give its path, for example /dc1/host/cluster1/Resources, or a host");
  }

  private ObjectId storage(Names names) {
    if (placement.storage() instanceof Storage.DatastoreCluster cluster) {
      return names.find(Kind.DATASTORE_CLUSTER, cluster.name());
    }
    String name =
        placement.storage() instanceof Storage.Datastore datastore ? datastore.name() : "";
    return names.find(Kind.DATASTORE, name);
  }

  private ObjectId reference(ObjectId from, String property) {
    return vim.reference(from, property)
        .orElseThrow(
            () ->
                VsphereException.unusable(
                    from.kind() + " " + from.id(), "has no " + property, "Check its privileges"));
  }
}
