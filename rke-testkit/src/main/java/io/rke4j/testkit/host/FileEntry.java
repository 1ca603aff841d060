package io.rke4j.testkit.host;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** One file, folder, link or socket of a simulated host. Immutable. */
public final class FileEntry {

  private static final int ROOT = 0;

  private final Kind kind;
  private final int mode;
  private final int uid;
  private final int gid;
  private final Instant modified;
  private final byte[] content;

  /** What kinds there are. */
  public enum Kind {
    /** A regular file. */
    FILE,
    /** A folder. */
    FOLDER,
    /** A symbolic link; its content is what it points to. */
    LINK,
    /** A Unix socket. */
    SOCKET
  }

  private FileEntry(Kind kind, int mode, int uid, int gid, Instant modified, byte[] content) {
    this.kind = kind;
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
    this.modified = modified;
    this.content = content;
  }

  /** A file of root's. */
  public static FileEntry file(int mode, byte[] content) {
    return new FileEntry(Kind.FILE, mode, ROOT, ROOT, Instant.now(), content.clone());
  }

  /** A file of root's that holds text. */
  public static FileEntry file(int mode, String content) {
    return file(mode, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A folder of root's. */
  public static FileEntry folder(int mode) {
    return new FileEntry(Kind.FOLDER, mode, ROOT, ROOT, Instant.now(), new byte[0]);
  }

  /** A symbolic link. */
  public static FileEntry link(String target) {
    byte[] content = target.getBytes(StandardCharsets.UTF_8);
    return new FileEntry(Kind.LINK, 0777, ROOT, ROOT, Instant.now(), content);
  }

  /** A Unix socket of root's. */
  public static FileEntry socket(int mode) {
    return new FileEntry(Kind.SOCKET, mode, ROOT, ROOT, Instant.now(), new byte[0]);
  }

  /** The same, owned by somebody else. */
  public FileEntry ownedBy(int newUid, int newGid) {
    return new FileEntry(kind, mode, newUid, newGid, modified, content);
  }

  /** The same with other permissions. */
  public FileEntry withMode(int newMode) {
    return new FileEntry(kind, newMode, uid, gid, modified, content);
  }

  /** The same, changed at another time. */
  public FileEntry modifiedAt(Instant time) {
    return new FileEntry(kind, mode, uid, gid, time, content);
  }

  /** What it is. */
  public Kind kind() {
    return kind;
  }

  /** Whether it is a folder. */
  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  /** The permissions, as {@code chmod} takes them. */
  public int mode() {
    return mode;
  }

  /** The number of the user that owns it. */
  public int uid() {
    return uid;
  }

  /** The number of the group that owns it. */
  public int gid() {
    return gid;
  }

  /** When it was last changed. */
  public Instant modified() {
    return modified;
  }

  /** The bytes of a file. */
  public byte[] content() {
    return content.clone();
  }

  /** The number of bytes of a file. */
  public int size() {
    return content.length;
  }

  /** The text of a file, or where a link points to. */
  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }
}
