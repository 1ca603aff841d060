package io.rke4j.core.check;

import io.rke4j.api.check.Finding;
import io.rke4j.api.check.Finding.Severity;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Something that is checked on one host.
 *
 * @param id its stable name
 * @param why what happens where it is not as it should be
 * @param look what is wrong on a host
 */
record HostCheck(String id, String why, Function<Subject, Stream<Symptom>> look) {

  /**
   * What is wrong, and how it is mended.
   *
   * @param severity how much it matters
   * @param what what is wrong
   * @param evidence what was seen
   * @param remedy what mends it
   */
  record Symptom(Severity severity, String what, List<String> evidence, String remedy) {

    static Symptom blocks(String what, String evidence, String remedy) {
      return new Symptom(Severity.BLOCKS, what, List.of(evidence), remedy);
    }

    static Symptom warns(String what, String evidence, String remedy) {
      return new Symptom(Severity.WARNS, what, List.of(evidence), remedy);
    }

    Finding on(String host, String check, String why) {
      return new Finding(check, severity, host, what, why, evidence, remedy);
    }
  }

  Stream<Finding> findings(Subject host) {
    return look.apply(host).map(symptom -> symptom.on(host.name(), id, why));
  }
}
