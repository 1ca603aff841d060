package io.rke4j.core.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/**
 * Fetches metadata from a web server into a folder, if they have changed since they were fetched
 * last. TLS certificates are verified as Java verifies them, and nothing is fetched from another
 * address than the one given.
 */
final class MetadataDownload {

  static final int LARGEST = 64 << 20;

  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final URI address;
  private final Path folder;
  private final Duration patience;

  /**
   * A download.
   *
   * @param address where from
   * @param folder where to
   * @param patience how long it may take in all
   */
  MetadataDownload(URI address, Path folder, Duration patience) {
    this.address = address;
    this.folder = folder;
    this.patience = patience;
  }

  /**
   * What was fetched.
   *
   * @param metadata the metadata
   * @param notice why they are those of an earlier day; empty if they are not
   */
  record Fetched(Metadata metadata, Optional<String> notice) {}

  /**
   * The newest metadata that can be had. Those that cannot be read are not kept.
   *
   * @param reader makes sense of what was fetched
   * @throws IOException if there are none; the message does not name the address, which may hold a
   *     password
   */
  Fetched fetch(Function<String, Metadata> reader) throws IOException {
    Path kept = file(".json");
    Optional<Answer> changed;
    try {
      changed = ask(Files.exists(kept) ? tag() : Optional.empty());
    } catch (IOException e) {
      if (!Files.exists(kept)) {
        throw e;
      }
      return new Fetched(
          reader.apply(Files.readString(kept)),
          Optional.of(
              "the metadata of Kubernetes versions could not be fetched ("
                  + e.getMessage()
                  + "); those of "
                  + Files.getLastModifiedTime(kept)
                  + " are used"));
    }
    if (changed.isEmpty()) {
      return new Fetched(reader.apply(Files.readString(kept)), Optional.empty());
    }
    Metadata metadata = reader.apply(changed.get().content());
    keep(changed.get());
    return new Fetched(metadata, Optional.empty());
  }

  /** What a server sent, and the name that it has for this state of it. */
  private record Answer(String content, Optional<String> tag) {}

  private Optional<String> tag() throws IOException {
    Path tag = file(".etag");
    return Files.exists(tag) ? Optional.of(Files.readString(tag)) : Optional.empty();
  }

  /** New metadata; empty if those with this tag are still the newest. */
  private Optional<Answer> ask(Optional<String> tag) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    int milliseconds = Math.toIntExact(patience.toMillis() / 3);
    connection.setConnectTimeout(milliseconds);
    connection.setReadTimeout(milliseconds);
    connection.setInstanceFollowRedirects(false);
    tag.ifPresent(value -> connection.setRequestProperty("If-None-Match", value));
    try {
      int status = connection.getResponseCode();
      if (status == NOT_MODIFIED && tag.isPresent()) {
        return Optional.empty();
      }
      if (status != OK) {
        throw new IOException("the server answered with status " + status);
      }
      try (InputStream body = connection.getInputStream()) {
        Optional<String> newTag = Optional.ofNullable(connection.getHeaderField("ETag"));
        return Optional.of(new Answer(read(body, deadline), newTag));
      }
    } finally {
      connection.disconnect();
    }
  }

  private String read(InputStream body, long deadline) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] chunk = new byte[1 << 16];
    for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
      content.write(chunk, 0, length);
      if (content.size() > LARGEST) {
        throw new IOException("they are larger than 64 MiB");
      }
      // Each read is bounded, but a server that drips would never reach that bound.
      if (System.nanoTime() > deadline) {
        throw new IOException("they did not arrive within " + patience.toSeconds() + " seconds");
      }
    }
    return content.toString(StandardCharsets.UTF_8);
  }

  /** The tag comes last: without it, the next download is a whole one. */
  private void keep(Answer answer) throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(file(".etag"));
    replace(file(".json"), answer.content());
    if (answer.tag().isPresent()) {
      replace(file(".etag"), answer.tag().get());
    }
  }

  private void replace(Path file, String content) throws IOException {
    Path fresh = Files.createTempFile(folder, "fresh", ".part");
    try {
      Files.writeString(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Each address has files of its own; what it is, a name does not tell. */
  private Path file(String ending) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(address.toString().getBytes(StandardCharsets.UTF_8));
      return folder.resolve("rke-metadata-" + HexFormat.of().formatHex(digest, 0, 8) + ending);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
