package io.rke4j.vsphere.internal.inventory;

import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.vim.Item;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.Vim;
import java.util.List;
import java.util.Optional;

/**
 * Finds objects by name or path: exactly one, or an error that says what there is. A name stands
 * for an object anywhere in the datacenter.
 */
final class Names {

  private static final int SHOWN = 10;

  private final Vim vim;
  private final ObjectId datacenter;
  private final String datacenterPath;

  Names(Vim vim, ObjectId datacenter, String datacenterPath) {
    this.vim = vim;
    this.datacenter = datacenter;
    this.datacenterPath = datacenterPath;
  }

  /** The datacenter of this name or path; the only one if it is empty. */
  static ObjectId datacenter(Vim vim, String value) {
    ObjectId root = vim.root();
    return new Names(vim, root, "").find(Kind.DATACENTER, value);
  }

  /** The inventory path of an object, without the leading slash. */
  static String path(Vim vim, ObjectId object) {
    Item item = vim.item(object);
    String path = item.name();
    Optional<ObjectId> parent = item.parent();
    // The root folder has a name, too, but it is in no path.
    while (parent.isPresent() && !parent.get().equals(vim.root())) {
      item = vim.item(parent.get());
      path = item.name() + "/" + path;
      parent = item.parent();
    }
    return path;
  }

  /** The object of this name or path; the only one if it is empty. */
  ObjectId find(Kind kind, String value) {
    if (value.contains("/")) {
      return atPath(kind, value);
    }
    List<Item> all = vim.items(datacenter, kind);
    List<Item> fitting =
        value.isEmpty() ? all : all.stream().filter(one -> one.name().equals(value)).toList();
    if (fitting.size() == 1) {
      return fitting.get(0).id();
    }
    String title = kind.title() + (value.isEmpty() ? "" : " '" + value + "'");
    if (fitting.isEmpty()) {
      throw VsphereException.unusable(
          title, "is not there", "There is: " + shown(all) + ". Check the spelling");
    }
    throw VsphereException.unusable(
        title,
        value.isEmpty() ? "is not given, and there are several" : "is there several times",
        value.isEmpty() ? "Give one of " + shown(all) : "Give its path");
  }

  private ObjectId atPath(Kind kind, String value) {
    String relative = value.replaceAll("^/+|/+$", "");
    String below =
        datacenterPath.isEmpty() ? relative : datacenterPath + "/" + kind.folder() + "/" + relative;
    String path = value.startsWith("/") ? relative : below;
    Optional<ObjectId> found = vim.at(path);
    // Rancher takes a folder like /rke for one below the datacenter's.
    if (found.isEmpty() && value.startsWith("/")) {
      found = vim.at(below);
    }
    return found.orElseThrow(
        () ->
            VsphereException.unusable(
                kind.title() + " '" + value + "'", "is not there", "Check the path"));
  }

  private static String shown(List<Item> items) {
    List<String> names = items.stream().map(Item::name).distinct().sorted().toList();
    return names.isEmpty()
        ? "none"
        : String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
            + (names.size() > SHOWN ? ", …" : "");
  }
}
