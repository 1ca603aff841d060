package io.rke4j.core.check;

import io.rke4j.api.check.Finding;
import io.rke4j.core.check.HostCheck.Symptom;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Something that shows only when hosts are held against each other.
 *
 * @param id its stable name
 * @param why what happens where it is not as it should be
 * @param look what is wrong, by host
 */
record FleetCheck(String id, String why, Function<List<Subject>, Map<Subject, Symptom>> look) {

  Stream<Finding> findings(List<Subject> hosts) {
    return look.apply(hosts).entrySet().stream()
        .map(found -> found.getValue().on(found.getKey().name(), id, why));
  }
}
