package io.rke4j.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Pace;
import org.junit.jupiter.api.Test;

class SshPatienceTest {

  /** A host may fall silent while somebody waits, and another pace may know of it then. */
  @Test
  void thatOfAnotherPaceIsAskedForAgainEvenIfItsTimesAreTheUsualOnes() {
    SshPatience other = SshPatience.at(new Pace() {}, "192.0.2.1");

    assertThat(other.keepAlive()).isEqualTo(SshPatience.USUAL.keepAlive());
    assertThat(other.steady()).isFalse();
    assertThat(SshPatience.at(Pace.USUAL, "192.0.2.1").steady()).isTrue();
  }
}
