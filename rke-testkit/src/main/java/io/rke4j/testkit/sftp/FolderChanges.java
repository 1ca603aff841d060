package io.rke4j.testkit.sftp;

import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileTree;
import io.rke4j.testkit.host.FileView;
import io.rke4j.testkit.sftp.Sftp.Refusal;
import java.util.Map;
import org.apache.sshd.common.util.buffer.Buffer;

/** Requests that change what lies in folders. */
record FolderChanges(FileTree tree, FileView view) {

  void remove(String path) throws Refusal {
    String place = view.resolveParent(path);
    if (find(place).isFolder()) {
      throw new Refusal(Sftp.FAILURE, place + ": Is a directory");
    }
    tree.remove(place);
  }

  void make(String path, Buffer attributes) throws Refusal {
    String place = view.resolveParent(path);
    refuseIfThere(place);
    if (!find(FileTree.parent(place)).isFolder()) {
      throw new Refusal(Sftp.FAILURE, FileTree.parent(place) + ": Not a directory");
    }
    tree.put(place, Attributes.readNew(attributes, FileEntry.folder(0755)));
  }

  void removeFolder(String path) throws Refusal {
    String place = view.resolveParent(path);
    if (!find(place).isFolder()) {
      throw new Refusal(Sftp.FAILURE, place + ": Not a directory");
    }
    if (place.equals("/") || !tree.children(place).isEmpty()) {
      throw new Refusal(Sftp.FAILURE, place + ": Directory not empty");
    }
    tree.remove(place);
  }

  void rename(String path, String newPath) throws Refusal {
    String from = view.resolveParent(path);
    String to = view.resolveParent(newPath);
    FileEntry entry = find(from);
    refuseIfThere(to);
    if ((to + "/").startsWith(from + "/") || from.equals("/")) {
      throw new Refusal(Sftp.FAILURE, to + ": Invalid argument");
    }
    Map<String, FileEntry> inside = tree.below(from);
    tree.put(to, entry);
    inside.forEach((place, below) -> tree.put(to + place.substring(from.length()), below));
    tree.remove(from);
  }

  /** In OpenSSH's order, which is not the draft's: what it points to comes first. */
  void link(String target, String path) throws Refusal {
    String place = view.resolveParent(path);
    refuseIfThere(place);
    tree.put(place, FileEntry.link(target));
  }

  private FileEntry find(String place) throws Refusal {
    return tree.find(place).orElseThrow(() -> Refusal.missing(place));
  }

  private void refuseIfThere(String place) throws Refusal {
    if (tree.exists(place)) {
      throw new Refusal(Sftp.FAILURE, place + ": File exists");
    }
  }
}
