package io.rke4j.testkit.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.container.Container;
import io.rke4j.testkit.container.DockerHost;
import io.rke4j.testkit.container.EngineRefusal;
import io.rke4j.testkit.container.Json;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileTree;
import io.rke4j.testkit.host.FileView;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Files of containers, running or not. */
record ArchiveCalls(DockerHost host) {

  private static final String STAT = "X-Docker-Container-Path-Stat";
  private static final String TAR = "application/x-tar";

  /** How Go writes that something is a folder, a link, a socket. */
  private static final long GO_FOLDER = 1L << 31;

  private static final long GO_LINK = 1L << 27;
  private static final long GO_SOCKET = 1L << 24;

  void addTo(Router router) {
    router
        .on("HEAD", "/containers/{}/archive", this::look)
        .on("GET", "/containers/{}/archive", this::download)
        .on("PUT", "/containers/{}/archive", this::upload);
  }

  /** Something that lies at the path that was asked for. */
  private record Found(FileView files, String place, FileEntry entry, String name) {}

  private Found find(Call call) {
    Container container = host.containers().require(call.name());
    String path = path(call);
    FileView files = host.files(container);
    boolean followed = path.endsWith("/") || path.endsWith("/.");
    String place = followed ? files.resolve(path) : files.resolveParent(path);
    Optional<FileEntry> entry = host.machine().files().find(place);
    if (entry.isEmpty()) {
      throw missing(path, container);
    }
    String name = path.endsWith("/.") ? "." : FileTree.name(FileTree.normal(path));
    return new Found(files, place, entry.get(), name.isEmpty() ? "." : name);
  }

  private static EngineRefusal missing(String path, Container container) {
    return EngineRefusal.notFound(
        "Could not find the file " + path + " in container " + container.name());
  }

  private static String path(Call call) {
    String path = call.parameter("path");
    if (path.isEmpty()) {
      throw EngineRefusal.badRequest("Bad parameter: path cannot be empty");
    }
    return path.startsWith("/") ? path : "/" + path;
  }

  private void look(Call call) throws IOException {
    call.send(200, TAR, new byte[0], Map.of(STAT, stat(find(call))));
  }

  private void download(Call call) throws IOException {
    Found found = find(call);
    byte[] archive = new TarFiles(found.files()).pack(found.place(), found.entry(), found.name());
    call.send(200, TAR, archive, Map.of(STAT, stat(found)));
  }

  private static String stat(Found found) {
    FileEntry entry = found.entry();
    long kind =
        switch (entry.kind()) {
          case FILE -> 0;
          case FOLDER -> GO_FOLDER;
          case LINK -> GO_LINK;
          case SOCKET -> GO_SOCKET;
        };
    ObjectNode stat =
        Json.object()
            .put("name", found.name())
            .put("size", entry.size())
            .put("mode", kind | (entry.mode() & 0777))
            .put("mtime", entry.modified().toString())
            .put("linkTarget", entry.kind() == FileEntry.Kind.LINK ? entry.text() : "");
    return Base64.getEncoder().encodeToString(Json.bytes(stat));
  }

  private void upload(Call call) throws IOException {
    Container container = host.containers().require(call.name());
    String path = path(call);
    FileView files = host.files(container);
    FileEntry folder = files.find(path).orElseThrow(() -> missing(path, container));
    if (!folder.isFolder()) {
      throw EngineRefusal.badRequest("extraction point is not a directory");
    }
    requireRoom(call.request().body(), path);
    try {
      new TarFiles(files).unpack(call.request().body(), path);
    } catch (IOException e) {
      throw EngineRefusal.badRequest("the archive cannot be read: " + e.getMessage());
    }
    call.send(200, "text/plain", new byte[0], Map.of());
  }

  /** Up to its release 24, the engine unpacks in a process of its own, and says so. */
  private void requireRoom(byte[] archive, String folder) {
    String file = TarFiles.firstFile(archive).map(name -> "/" + name).orElse("");
    String write = "write " + FileTree.normal(folder + file);
    EngineRefusal.requireRoom(
        host.machine(),
        host.machine().facts().engine().speaksPlainly()
            ? write
            : "Error processing tar file(exit status 1): " + write);
  }
}
