package io.rke4j.core.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.rke4j.core.traffic.Exchange.FileLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The bytes of all streams to an engine, and the exchanges that they are. Thread-safe. */
final class Tape {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Track> tracks = new CopyOnWriteArrayList<>();
  private final AtomicLong moments = new AtomicLong();

  /** Bytes that went one way, and when. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Piece(long moment, boolean sent, byte[] bytes) {}

  /** One stream. */
  final class Track {

    private final List<Piece> pieces = new CopyOnWriteArrayList<>();

    void add(boolean sent, byte[] bytes) {
      pieces.add(new Piece(moments.incrementAndGet(), sent, bytes));
    }
  }

  Track newTrack() {
    Track track = new Track();
    tracks.add(track);
    return track;
  }

  private record Timed(long moment, Exchange exchange) {}

  /** All exchanges, in the order in which the requests were sent. */
  List<Exchange> exchanges() throws IOException {
    List<Timed> all = new ArrayList<>();
    for (Track track : tracks) {
      read(track.pieces, all);
    }
    all.sort(Comparator.comparingLong(Timed::moment));
    return all.stream().map(Timed::exchange).toList();
  }

  private static void read(List<Piece> pieces, List<Timed> all) throws IOException {
    HttpBytes sent = HttpBytes.of(pieces, true);
    HttpBytes received = HttpBytes.of(pieces, false);
    while (sent.hasMore() && received.hasMore()) {
      long moment = momentAt(pieces, sent.position());
      HttpBytes.Message request = sent.next(false, false);
      String[] words = request.start().split(" ", 3);
      HttpBytes.Message answer = received.next(true, words[0].equals("HEAD"));
      int status = Integer.parseInt(answer.start().split(" ", 3)[1]);
      all.add(new Timed(moment, exchange(words[0], words[1], request, status, answer)));
    }
  }

  private static Exchange exchange(
      String method, String path, HttpBytes.Message request, int status, HttpBytes.Message answer)
      throws IOException {
    boolean archive = method.equals("PUT") && path.contains("/archive");
    JsonNode body =
        archive || request.body().length == 0 ? NullNode.getInstance() : plain(request.body());
    Exchange bare = new Exchange(method, path, body, List.of(), status, NullNode.getInstance());
    return new Exchange(
        method,
        path,
        body,
        archive ? files(request.body()) : List.of(),
        status,
        ReadFields.of(method, bare.place(), status, answer.body()));
  }

  /** Without what is not set. */
  private static JsonNode plain(byte[] body) throws IOException {
    return Pruned.of(JSON.readTree(body));
  }

  private static List<FileLine> files(byte[] archive) throws IOException {
    List<FileLine> files = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new ByteArrayInputStream(archive), StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String link = entry.isSymbolicLink() ? entry.getLinkName() : "";
        files.add(new FileLine(entry.getName(), entry.getMode() & 07777, link));
      }
    }
    return files;
  }

  private static long momentAt(List<Piece> pieces, int position) {
    int seen = 0;
    for (Piece piece : pieces) {
      if (piece.sent()) {
        seen += piece.bytes().length;
        if (seen > position) {
          return piece.moment();
        }
      }
    }
    return Long.MAX_VALUE;
  }
}
