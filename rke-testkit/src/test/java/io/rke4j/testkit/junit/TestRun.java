package io.rke4j.testkit.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of a class, as JUnit does, and remembers what became of them. */
final class TestRun implements TestExecutionListener {

  private final Map<String, TestExecutionResult> results = new LinkedHashMap<>();
  private final Map<String, String> skipped = new LinkedHashMap<>();
  private final StringBuilder reports = new StringBuilder();

  static TestRun of(Class<?> tests) {
    TestRun run = new TestRun();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build();
    LauncherFactory.create().execute(request, run);
    return run;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    results.put(test.getDisplayName(), result);
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    skipped.put(test.getDisplayName(), reason);
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    entry.getKeyValuePairs().forEach((key, value) -> reports.append(key).append(value));
  }

  List<String> failures() {
    return results.entrySet().stream()
        .flatMap(it -> it.getValue().getThrowable().stream().map(why -> it.getKey() + ": " + why))
        .collect(Collectors.toList());
  }

  boolean succeeded(String test) {
    TestExecutionResult result = results.get(test);
    return result != null && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
  }

  Map<String, String> skipped() {
    return skipped;
  }

  String reports() {
    return reports.toString();
  }
}
