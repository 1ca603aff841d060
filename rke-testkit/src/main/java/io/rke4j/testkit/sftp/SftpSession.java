package io.rke4j.testkit.sftp;

import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileTree;
import io.rke4j.testkit.host.FileView;
import io.rke4j.testkit.sftp.Sftp.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** One session: an answer to each request, and what is open meanwhile. */
final class SftpSession {

  private static final int NAMES_AT_ONCE = 100;

  private final FileTree tree;
  private final FileView view;
  private final FolderChanges changes;
  private final Map<String, OpenFile> files = new HashMap<>();
  private final Map<String, Listing> folders = new HashMap<>();
  private int handles;

  /** What of a folder was not told yet. */
  private record Listing(String folder, Deque<String> names) {}

  SftpSession(FileTree tree) {
    this.tree = tree;
    this.view = FileView.of(tree);
    this.changes = new FolderChanges(tree, view);
  }

  /** What is still open is closed. */
  synchronized void end() {
    files.values().forEach(this::keep);
    files.clear();
  }

  private void keep(OpenFile file) {
    if (file.isChanged()) {
      tree.put(file.path(), file.entry());
    }
  }

  synchronized Buffer answer(Buffer request) {
    int type = request.getUByte();
    if (type == Sftp.INIT) {
      Buffer answer = new ByteArrayBuffer();
      answer.putByte((byte) Sftp.VERSION_ANSWER);
      answer.putInt(Sftp.VERSION);
      return answer;
    }
    int id = request.getInt();
    try {
      return done(type, id, request);
    } catch (Refusal e) {
      return status(id, e.code(), String.valueOf(e.getMessage()));
    }
  }

  private Buffer done(int type, int id, Buffer request) throws Refusal {
    return switch (type) {
      case Sftp.OPEN -> open(id, request);
      case Sftp.CLOSE -> close(id, request.getString());
      case Sftp.READ -> read(id, request);
      case Sftp.WRITE -> write(id, request);
      case Sftp.LSTAT -> attributes(id, find(view.resolveParent(request.getString())));
      case Sftp.STAT -> attributes(id, find(view.resolve(request.getString())));
      case Sftp.FSTAT -> attributes(id, file(request.getString()).entry());
      case Sftp.FSETSTAT -> change(id, file(request.getString()), request);
      case Sftp.OPENDIR -> list(id, request.getString());
      case Sftp.READDIR -> names(id, request.getString());
      case Sftp.REALPATH -> path(id, FileTree.normal(request.getString()));
      case Sftp.READLINK -> path(id, link(request.getString()));
      default -> changed(type, id, request);
    };
  }

  private Buffer changed(int type, int id, Buffer request) throws Refusal {
    switch (type) {
      case Sftp.SETSTAT -> {
        String place = view.resolve(request.getString());
        tree.put(place, Attributes.read(request, find(place)));
      }
      case Sftp.REMOVE -> changes.remove(request.getString());
      case Sftp.MKDIR -> changes.make(request.getString(), request);
      case Sftp.RMDIR -> changes.removeFolder(request.getString());
      case Sftp.RENAME -> changes.rename(request.getString(), request.getString());
      case Sftp.SYMLINK -> changes.link(request.getString(), request.getString());
      default -> throw new Refusal(Sftp.UNSUPPORTED, "Operation unsupported");
    }
    return status(id, Sftp.OK, "Success");
  }

  private FileEntry find(String place) throws Refusal {
    return tree.find(place).orElseThrow(() -> Refusal.missing(place));
  }

  private OpenFile file(String handle) throws Refusal {
    OpenFile file = files.get(handle);
    if (file == null) {
      throw new Refusal(Sftp.FAILURE, "no such handle");
    }
    return file;
  }

  private Buffer open(int id, Buffer request) throws Refusal {
    String place = view.resolve(request.getString());
    int flags = request.getInt();
    boolean there = tree.exists(place);
    if (!there && (flags & Sftp.CREATING) == 0) {
      throw Refusal.missing(place);
    }
    if (there && (flags & Sftp.EXCLUSIVE) != 0) {
      throw new Refusal(Sftp.FAILURE, place + ": File exists");
    }
    if (!there && tree.find(FileTree.parent(place)).filter(FileEntry::isFolder).isEmpty()) {
      throw Refusal.missing(FileTree.parent(place));
    }
    FileEntry before = there ? find(place) : Attributes.readNew(request, FileEntry.file(0644, ""));
    if (before.kind() != FileEntry.Kind.FILE) {
      throw new Refusal(Sftp.FAILURE, place + ": not a regular file");
    }
    boolean empties = (flags & Sftp.TRUNCATING) != 0 && (flags & Sftp.FOR_WRITING) != 0;
    FileEntry opened =
        empties ? FileEntry.file(before.mode(), "").ownedBy(before.uid(), before.gid()) : before;
    OpenFile file = new OpenFile(place, opened, (flags & Sftp.APPENDING) != 0, empties || !there);
    keep(file);
    String handle = nextHandle();
    files.put(handle, file);
    return text(Sftp.HANDLE, id, handle);
  }

  private String nextHandle() {
    handles++;
    return Integer.toString(handles);
  }

  private Buffer close(int id, String handle) throws Refusal {
    if (folders.remove(handle) == null) {
      keep(file(handle));
      files.remove(handle);
    }
    return status(id, Sftp.OK, "Success");
  }

  private Buffer read(int id, Buffer request) throws Refusal {
    byte[] bytes = file(request.getString()).read(request.getLong(), request.getInt());
    if (bytes.length == 0) {
      return status(id, Sftp.END, "End of file");
    }
    Buffer answer = head(Sftp.DATA, id);
    answer.putBytes(bytes);
    return answer;
  }

  private Buffer write(int id, Buffer request) throws Refusal {
    file(request.getString()).write(request.getLong(), request.getBytes());
    return status(id, Sftp.OK, "Success");
  }

  private static Buffer change(int id, OpenFile file, Buffer request) {
    file.become(Attributes.read(request, file.entry()));
    return status(id, Sftp.OK, "Success");
  }

  private Buffer list(int id, String path) throws Refusal {
    String place = view.resolve(path);
    if (!find(place).isFolder()) {
      throw new Refusal(Sftp.FAILURE, place + ": Not a directory");
    }
    String handle = nextHandle();
    folders.put(handle, new Listing(place, new ArrayDeque<>(tree.children(place))));
    return text(Sftp.HANDLE, id, handle);
  }

  private Buffer names(int id, String handle) throws Refusal {
    Listing listing = folders.get(handle);
    if (listing == null) {
      throw new Refusal(Sftp.FAILURE, "no such handle");
    }
    if (listing.names().isEmpty()) {
      return status(id, Sftp.END, "End of file");
    }
    Buffer answer = head(Sftp.NAME, id);
    int count = Math.min(NAMES_AT_ONCE, listing.names().size());
    answer.putInt(count);
    for (int index = 0; index < count; index++) {
      String name = listing.names().remove();
      FileEntry entry =
          tree.find(listing.folder() + "/" + name).orElseGet(() -> FileEntry.file(0, ""));
      answer.putString(name);
      answer.putString(Attributes.line(name, entry));
      Attributes.write(entry, answer);
    }
    return answer;
  }

  private String link(String path) throws Refusal {
    FileEntry entry = find(view.resolveParent(path));
    if (entry.kind() != FileEntry.Kind.LINK) {
      throw new Refusal(Sftp.FAILURE, path + ": not a link");
    }
    return entry.text();
  }

  private static Buffer path(int id, String path) {
    Buffer answer = head(Sftp.NAME, id);
    answer.putInt(1);
    answer.putString(path);
    answer.putString(path);
    answer.putInt(0);
    return answer;
  }

  private static Buffer attributes(int id, FileEntry entry) {
    Buffer answer = head(Sftp.ATTRS, id);
    Attributes.write(entry, answer);
    return answer;
  }

  private static Buffer text(int type, int id, String text) {
    Buffer answer = head(type, id);
    answer.putString(text);
    return answer;
  }

  private static Buffer status(int id, int code, String words) {
    Buffer answer = head(Sftp.STATUS, id);
    answer.putInt(code);
    answer.putString(words);
    answer.putString("en");
    return answer;
  }

  private static Buffer head(int type, int id) {
    Buffer answer = new ByteArrayBuffer();
    answer.putByte((byte) type);
    answer.putInt(id);
    return answer;
  }
}
