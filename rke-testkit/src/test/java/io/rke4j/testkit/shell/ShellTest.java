package io.rke4j.testkit.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ShellTest {

  private final Map<String, String> files = new ConcurrentHashMap<>();
  private Written output = new Written();
  private final Written error = new Written();

  /** Three programs: one that says its arguments, one that fails, and one that counts lines. */
  private final class Few implements Programs {

    @Override
    public OptionalInt run(List<String> words, Streams streams) {
      return switch (words.get(0)) {
        case "say" -> {
          streams.output().accept(String.join("|", words.subList(1, words.size())) + "\n");
          yield OptionalInt.of(0);
        }
        case "fail" -> OptionalInt.of(3);
        case "lines" -> {
          streams.output().accept(streams.input().lines().count() + "\n");
          yield OptionalInt.of(0);
        }
        default -> OptionalInt.empty();
      };
    }

    @Override
    public Map<String, String> variables() {
      return Map.of("HOSTS", "one two", "EMPTY", "", "TEXT", "a  b\nc");
    }

    @Override
    public Optional<String> read(String path) {
      return Optional.ofNullable(files.get(path));
    }

    @Override
    public void write(String path, String text) {
      files.put(path, text);
    }

    @Override
    public void execute(Runnable work) {
      work.run();
    }
  }

  private int run(String script) {
    return new Shell(new Few()).run(script, new Streams("", output, error));
  }

  private String said(String script) {
    output = new Written();
    int unused = run(script);
    return output.text();
  }

  @Test
  void quotesKeepWordsTogetherAndNothingElseDoes() {
    assertThat(said("say $TEXT")).isEqualTo("a|b|c\n");
    assertThat(said("say \"$TEXT\" '$TEXT' \\$TEXT")).isEqualTo("a  b\nc|$TEXT|$TEXT\n");
    assertThat(said("say x${HOSTS}y $EMPTY \"$EMPTY\" $NONE")).isEqualTo("xone|twoy|\n");
    assertThat(said("say \"a \\\"b\\\" 'c' \\n\"")).isEqualTo("a \"b\" 'c' \\n\n");
  }

  @Test
  void commandsFollowOneAnotherByTheirEnds() {
    assertThat(said("say 1 && say 2 || say 3; fail && say 4 || say 5")).isEqualTo("1\n2\n5\n");
    assertThat(said("if fail; then say a; elif say b; then say c; else say d; fi"))
        .isEqualTo("b\nc\n");
    assertThat(run("fail")).isEqualTo(3);
    assertThat(run("! fail")).isZero();
    assertThat(run("say x; exit 7; say y")).isEqualTo(7);
    assertThat(said("fail; say $?")).isEqualTo("3\n");
  }

  @Test
  void loopsGoOverWordsAndCanBeLeft() {
    assertThat(said("for h in $HOSTS three; do say $h; done")).isEqualTo("one\ntwo\nthree\n");
    assertThat(said("for h in $(say 1 2); do\n say $h # why\n break\ndone\nsay end"))
        .isEqualTo("1|2\nend\n");
  }

  @Test
  void streamsGoWhereTheyAreSent() {
    assertThat(said("say a > /f; say b >> /f; lines < /f")).isEqualTo("2\n");
    assertThat(files).containsEntry("/f", "a\nb\n");
    assertThat(said("say to error >&2")).isEmpty();
    assertThat(error.text()).isEqualTo("to|error\n");
    assertThat(said("say a | lines")).isEqualTo("1\n");
    assertThat(run("lines < /absent")).isEqualTo(1);
  }

  @Test
  void workInTheBackgroundIsWaitedFor() {
    assertThat(said("for i in 1 2; do say $i >&1 & fail || say no & done; wait; say end"))
        .isEqualTo("1\nno\n2\nno\nend\n");
  }

  @Test
  void whatItDoesNotKnowItSays() {
    assertThatThrownBy(() -> run("say before; nginx -g daemon"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("nginx");
    assertThat(output.text()).isEqualTo("before\n");
    assertThatThrownBy(() -> run("while true; do say x; done")).isInstanceOf(ScriptException.class);
    assertThatThrownBy(() -> run("say 'open")).hasMessageContaining("nothing closes");
    assertThatThrownBy(() -> run("if fail; then say x")).hasMessageContaining("fi was expected");
  }
}
