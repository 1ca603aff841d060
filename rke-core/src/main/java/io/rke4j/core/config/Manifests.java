package io.rke4j.core.config;

import io.rke4j.core.config.Place.Word;
import io.rke4j.core.config.YamlNode.Fields;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Collects the user's own manifests and checks that each is YAML that describes objects. */
final class Manifests {

  private final FileProblems problems;
  private final Folder folder;
  private final Download download;

  Manifests(FileProblems problems, Folder folder, Download download) {
    this.problems = problems;
    this.folder = folder;
    this.download = download;
  }

  /**
   * A manifest inside the file.
   *
   * @param firstLine line of the file where the text starts; 0 if its lines cannot be told
   */
  Optional<String> inline(Word text, int firstLine) {
    return accepted(text.path(), text.text(), firstLine);
  }

  /** Manifests from files and web servers, as one. */
  Optional<String> included(List<Word> sources) {
    String all =
        sources.stream()
            .flatMap(source -> fetch(source).stream())
            .collect(Collectors.joining("\n---\n"));
    return all.isBlank() ? Optional.empty() : Optional.of(all);
  }

  private Optional<String> fetch(Word source) {
    String place = source.text();
    try {
      boolean remote = place.matches("(?i)https?://.*");
      String text = remote ? download.text(place) : file(folder.resolve(place));
      return accepted(source.path(), text, 0);
    } catch (IOException | InvalidPathException e) {
      problems.add(source.path(), "cannot be read: " + reason(e), "");
    } catch (IllegalArgumentException e) {
      problems.add(source.path(), "is not an address", "");
    }
    return Optional.empty();
  }

  private static String file(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException("it is a folder");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      // A device may have no end.
      throw new IOException("it is not a plain file");
    }
    if (Files.size(path) > YamlText.MAX_SIZE) {
      throw new IOException("it is larger than 5 MB");
    }
    return Files.readString(path);
  }

  private Optional<String> accepted(String path, String text, int firstLine) {
    try {
      List<YamlNode> documents = new YamlText(text).documents((at, line, first) -> {});
      List<YamlNode> objects = documents.stream().filter(node -> !node.isNothing()).toList();
      if (objects.isEmpty()) {
        problems.add(path, "holds no manifest", "leave it out");
      }
      objects.forEach(object -> object(path, object, firstLine));
      return objects.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (NotYamlException e) {
      report(path, e.line(), firstLine, e.problem(), e.hint());
      return Optional.empty();
    }
  }

  private void object(String path, YamlNode object, int firstLine) {
    if (!(object instanceof Fields fields)) {
      String problem = "holds " + object.kind() + " where a Kubernetes object belongs";
      report(path, object.line(), firstLine, problem, "");
      return;
    }
    for (String key : List.of("apiVersion", "kind")) {
      if (!fields.fields().containsKey(key)) {
        report(path, object.line(), firstLine, "has an object without " + key, "");
      }
    }
  }

  private void report(String path, int line, int firstLine, String problem, String hint) {
    if (firstLine > 0 && line > 0) {
      problems.add(firstLine + line - 1, path, problem, hint);
    } else {
      problems.add(path, problem + (line > 0 ? " (its line " + line + ")" : ""), hint);
    }
  }

  private static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    if (e instanceof UnknownHostException || e instanceof ConnectException) {
      return "the server cannot be reached";
    }
    if (e instanceof SocketTimeoutException) {
      return "the server does not answer";
    }
    if (e instanceof InvalidPathException path) {
      return path.getReason();
    }
    return String.valueOf(e.getMessage());
  }
}
