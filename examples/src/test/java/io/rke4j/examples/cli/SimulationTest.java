package io.rke4j.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {

  @Test
  @Timeout(120)
  void theQuickstartBuildsThreeNodesShowsTheTimelineAndEnds(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();

    Simulation.run(folder, new PrintStream(shown, true, UTF_8));

    assertThat(shown.toString(UTF_8))
        .containsPattern("node-3 \\(rke@127\\.\\d+\\.\\d+\\.\\d+:\\d+\\)")
        .containsPattern("the plan: \\d+ to do, ")
        .containsPattern("ok    etcd/run-etcd@node-1 \\( *\\d+\\.\\ds\\)")
        .contains("succeeded after", "slowest steps")
        .contains("cluster 'quickstart' was up at https://127.", "3 nodes")
        .containsPattern("a second plan: 0 to do, \\d+ up to date");
  }
}
