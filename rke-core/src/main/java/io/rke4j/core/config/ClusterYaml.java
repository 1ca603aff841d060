package io.rke4j.core.config;

import io.rke4j.api.ClusterFileReader;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.VersionMetadata;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.config.YamlNode.Fields;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads RKE's {@code cluster.yml}. Where RKE passes over a key that it does not know, or does
 * something else than the file says, this reader refuses the file; no host is touched.
 */
public final class ClusterYaml implements ClusterFileReader {

  /** Found by {@link java.util.ServiceLoader}. */
  public ClusterYaml() {}

  @Override
  public ClusterSpec read(Path file) {
    return read(file, VersionCatalogue.builtIn());
  }

  @Override
  public ClusterSpec read(Path file, VersionMetadata versions) {
    return read(file, VersionCatalogue.with(versions));
  }

  private static ClusterSpec read(Path file, VersionCatalogue catalogue) {
    Path absolute = file.toAbsolutePath().normalize();
    String name = String.valueOf(absolute.getFileName());
    Path folder = absolute.getParent() == null ? absolute : absolute.getParent();
    List<Repeat> repeats = new ArrayList<>();
    Fields root;
    try {
      root =
          onlyMap(
              new YamlText(text(absolute))
                  .documents((path, line, first) -> repeats.add(new Repeat(path, line, first))));
    } catch (NotYamlException e) {
      SpecProblem problem = FileProblems.problem(name, e.line(), "", e.problem(), e.hint());
      throw new InvalidSpecException(name, List.of(problem));
    }
    Lines lines = new Lines(root);
    FileProblems problems = new FileProblems(name, lines);
    for (Repeat repeat : repeats) {
      String problem = "is given twice, first in line " + repeat.first();
      problems.add(repeat.line(), repeat.path(), problem, "keep one of them");
    }
    new KeyCheck(problems).file(root);
    return new SpecReader(root, lines, folder, problems, catalogue).read();
  }

  private record Repeat(String path, int line, int first) {}

  private static String text(Path file) throws NotYamlException {
    try {
      if (Files.size(file) > YamlText.MAX_SIZE) {
        throw new NotYamlException(0, "is larger than 5 MB", "");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new NotYamlException(0, "does not exist", "");
    } catch (CharacterCodingException e) {
      throw new NotYamlException(0, "is not UTF-8 text", "");
    } catch (IOException e) {
      throw new NotYamlException(0, "cannot be read: " + e.getMessage(), "");
    }
  }

  private static Fields onlyMap(List<YamlNode> documents) throws NotYamlException {
    if (documents.isEmpty() || documents.get(0).isNothing()) {
      throw new NotYamlException(0, "is empty", "it needs at least nodes");
    }
    if (documents.size() > 1) {
      throw new NotYamlException(
          documents.get(1).line(), "starts a second document", "keep one, without ---");
    }
    if (documents.get(0) instanceof Fields root) {
      return root;
    }
    throw new NotYamlException(documents.get(0).line(), "is not a map of keys and values", "");
  }
}
