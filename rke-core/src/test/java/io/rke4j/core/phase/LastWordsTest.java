package io.rke4j.core.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordsTest {

  @Test
  void aFatalMessageIsFoundAboveTheDumpThatFollowsIt() {
    List<String> lines = new ArrayList<>();
    lines.add("I1122 21:00:00.000001 1 server.go:1] starting");
    lines.add("F1122 21:00:00.000002 1 server.go:2] failed to parse kubelet flag: max-pods");
    lines.add("goroutine 1 [running]:");
    for (int frame = 0; frame < 400; frame++) {
      lines.add("\t/go/src/file.go:" + frame);
    }

    assertThat(LastWords.choose(lines)).containsExactly(lines.get(0), lines.get(1));
  }

  @Test
  void withoutAFatalMessageTheLastLinesAreTaken() {
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < 30; line++) {
      lines.add("line " + line);
    }

    assertThat(LastWords.choose(lines)).hasSize(12).first().isEqualTo("line 18");
    assertThat(LastWords.choose(List.of())).isEmpty();
  }
}
