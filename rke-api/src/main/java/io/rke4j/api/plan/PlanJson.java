package io.rke4j.api.plan;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a plan for programs. By hand, so that the API needs no JSON library. */
final class PlanJson {

  private PlanJson() {}

  static String render(Plan plan) {
    String steps = plan.steps().stream().map(PlanJson::step).collect(Collectors.joining(",\n    "));
    return """
        {
          "cluster": %s,
          "goal": %s,
          "empty": %s,
          "warnings": %s,
          "steps": [
            %s
          ]
        }
        """
        .formatted(
            quote(plan.spec().name()),
            quote(lower(plan.goal())),
            plan.isEmpty(),
            array(plan.warnings()),
            steps);
  }

  private static String step(PlannedStep step) {
    return "{\"id\": %s, \"phase\": %s, \"target\": %s, \"title\": %s, \"decision\": %s, \"changes\": %s%s}"
        .formatted(
            quote(step.id().toString()),
            quote(step.id().phase().slug()),
            quote(step.id().target()),
            quote(step.title()),
            quote(decision(step.decision())),
            array(step.details()),
            step.definition().isEmpty() ? "" : ", \"definition\": " + step.definition());
  }

  private static String decision(Decision decision) {
    if (decision instanceof Decision.Change change) {
      return lower(change.kind());
    }
    return decision.isUpToDate() ? "up-to-date" : "deferred";
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String array(List<String> lines) {
    return lines.stream().map(PlanJson::quote).collect(Collectors.joining(", ", "[", "]"));
  }

  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
