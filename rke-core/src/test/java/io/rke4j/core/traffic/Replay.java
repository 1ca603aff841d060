package io.rke4j.core.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.core.ssh.SshConnector;
import io.rke4j.core.traffic.Exchange.FileLine;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.Stream;
import io.rke4j.testkit.PatientContext;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Asks a simulated host what was asked a real one. For one thread. */
final class Replay implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOCKET = "/var/run/docker.sock";

  private final NodeConnection connection;
  private final Map<String, String> identifiers = new HashMap<>();
  private final List<String> differences = new ArrayList<>();

  Replay(SimulatedFleet fleet) {
    SimulatedHost host = fleet.host(0);
    connection =
        new SshConnector(
                new HostKeyPolicy.Pinned(fleet.fingerprints()), List.of(), new PatientContext())
            .connect(
                new Machine(
                    NodeName.of(host.name()),
                    host.address(),
                    host.address(),
                    new SshAccess(
                        host.user(), host.port(), new SshKey.Inline(Secret.of(host.privateKey()))),
                    SOCKET));
  }

  /** What was answered otherwise than before. */
  List<String> differences() {
    return List.copyOf(differences);
  }

  void ask(Exchange recorded) throws IOException {
    Tape tape = new Tape();
    Tape.Track track = tape.newTrack();
    byte[] request = bytes(recorded);
    track.add(true, request);
    try (Stream stream = connection.openSocket(SOCKET)) {
      stream.output().write(request);
      stream.output().flush();
      track.add(false, all(stream));
    }
    Exchange now = tape.exchanges().get(0);
    learn(recorded.answer(), now.answer());
    compare(recorded, now);
  }

  private static byte[] all(Stream stream) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int count = stream.input().read(buffer); count > 0; count = stream.input().read(buffer)) {
      all.write(buffer, 0, count);
    }
    return all.toByteArray();
  }

  private byte[] bytes(Exchange recorded) throws IOException {
    byte[] body = new byte[0];
    String type = "application/json";
    if (!recorded.files().isEmpty()) {
      body = archive(recorded.files());
      type = "application/x-tar";
    } else if (!recorded.request().isNull()) {
      body = known(recorded.request().toString()).getBytes(StandardCharsets.UTF_8);
    }
    String head =
        recorded.method()
            + " "
            + known(recorded.path())
            + " HTTP/1.1\r\nHost: docker\r\nConnection: close\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static byte[] archive(List<FileLine> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (FileLine file : files) {
        boolean link = !file.link().isEmpty();
        TarArchiveEntry entry =
            link
                ? new TarArchiveEntry(file.path(), TarConstants.LF_SYMLINK)
                : new TarArchiveEntry(file.path());
        entry.setMode(file.mode());
        entry.setLinkName(file.link());
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** With the identifiers of this engine in place of the other one's. */
  private String known(String text) {
    String now = text;
    for (Map.Entry<String, String> identifier : identifiers.entrySet()) {
      now = now.replace(identifier.getKey(), identifier.getValue());
    }
    return now;
  }

  private void learn(JsonNode recorded, JsonNode now) {
    for (String field : List.of("Id", "Image")) {
      String before = recorded.path(field).asText("").replace("sha256:", "");
      String after = now.path(field).asText("").replace("sha256:", "");
      if (before.matches("[0-9a-f]{64}") && after.matches("[0-9a-f]{64}")) {
        identifiers.put(before, after);
      }
    }
  }

  private void compare(Exchange recorded, Exchange now) throws IOException {
    String what = recorded.method() + " " + recorded.path();
    if (recorded.status() != now.status()) {
      differences.add(what + ": " + recorded.status() + ", now " + now.status());
      return;
    }
    JsonNode before = JSON.readTree(plain(known(recorded.answer().toString())));
    JsonNode after = JSON.readTree(plain(now.answer().toString()));
    if (!before.equals(after)) {
      differences.add(what + ":\n  " + before + ",\n  now " + after);
    }
  }

  /** Without moments of time, and without what a host of the lab lacks: AppArmor and systemd. */
  private static String plain(String answer) {
    return answer
        .replace("\"name=apparmor\",", "")
        .replace("\"CgroupDriver\":\"systemd\"", "\"CgroupDriver\":\"cgroupfs\"")
        .replaceAll("\"StartedAt\":\"(?!0001)[^\"]*\"", "\"StartedAt\":\"a moment\"");
  }

  @Override
  public void close() {
    connection.close();
  }
}
