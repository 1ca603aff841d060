package io.rke4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.examples.cli.Arguments.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  private static Optional<Arguments> parse(String line) {
    return Arguments.parse(List.of(line.split(" ", -1)));
  }

  @Test
  void certificatesComeFromTheFolderThatIsNamed() {
    Arguments arguments = parse("up clusters/a.yml --cert-dir certs --state s").orElseThrow();
    assertThat(arguments.command()).isEqualTo(Command.UP);
    assertThat(arguments.folders())
        .isEqualTo(new Arguments.Folders(Path.of("s"), Path.of("certs")));
    assertThat(parse("up a.yml").orElseThrow().folders().certificates()).isNull();
  }

  @Test
  void accountIsKeptInTheClusterThatIsNamed() {
    assertThat(parse("up a.yml --management m.yml").orElseThrow().folders().management())
        .isEqualTo(Path.of("m.yml"));
    assertThat(parse("up a.yml").orElseThrow().folders().management()).isNull();
  }

  @Test
  void signingRequestsGoWhereTheyAreSentOrBesideTheFileAsWithRke() {
    assertThat(parse("csr clusters/a.yml --out o").orElseThrow().folders().certificates())
        .isEqualTo(Path.of("o"));
    assertThat(parse("csr clusters/a.yml").orElseThrow().folders().certificates())
        .isEqualTo(Path.of("clusters/a_certs"));
  }

  @Test
  void whatRkeRemembersIsWhereRkePutsIt() {
    Arguments arguments = parse("take-over clusters/my.cluster.yaml --state s").orElseThrow();
    assertThat(arguments.command()).isEqualTo(Command.TAKE_OVER);
    assertThat(arguments.rkeState()).isEqualTo(Path.of("clusters/my.cluster.rkestate"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "remove a.yml --cert-dir certs",
        "csr a.yml --cert-dir certs",
        "take-over a.yml --cert-dir certs",
        "up a.yml --out o",
        "up a.yml --cert-dir",
        "csr a.yml --json",
        "up a.yml --offline",
        "up a.yml b.yml",
        "sign a.yml"
      })
  void wordsThatMakeNoSenseTogetherAreNotGuessedAt(String line) {
    assertThat(parse(line)).isEmpty();
  }
}
