package io.rke4j.vsphere.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.vsphere.RunContext;
import io.rke4j.vsphere.Simulator;
import io.rke4j.vsphere.VsphereDriver;
import io.rke4j.vsphere.internal.json.Json;
import io.rke4j.vsphere.internal.soap.SoapVim;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.web.Web;
import io.rke4j.vsphere.settings.Labels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestTaggingIT {

  private static final Pattern ID = Pattern.compile("urn:[^\"]+");

  @TempDir Path folder;

  @Test
  void machinesGetTheirTags() throws Exception {
    try (Simulator simulator = Simulator.start(folder)) {
      Web web = new Web(simulator.connection());
      RestCalls calls = new RestCalls(web, simulator.connection());
      RestTagging tagging = new RestTagging(calls);
      String tag = tag(calls);
      Labels labels = new Labels(List.of(tag), Map.of());

      try (VsphereDriver driver =
              VsphereDriver.connect(
                  simulator.settings(Simulator.placement(), "DC0_H0_VM0", labels));
          SoapVim vim = new SoapVim(web, simulator.connection())) {
        assertThat(driver.check(Simulator.node("cp-1"))).isEmpty();
        driver.create(Simulator.node("cp-1"), new RunContext());
        ObjectId machine = vim.at("DC0/vm/cp-1").orElseThrow();
        assertThat(tagging.of(machine)).containsExactly(tag);
        tagging.attach(tag, machine);
        assertThatThrownBy(() -> tagging.attach(tag.replace("GLOBAL", "NOWHERE"), machine))
            .hasMessageContaining("NOWHERE does not exist");
      }
    }
  }

  private static String tag(RestCalls calls) {
    String category =
        made(
            calls,
            "category",
            Map.of(
                "name", "team",
                "description", "",
                "cardinality", "MULTIPLE",
                "associable_types", List.of()));
    return made(calls, "tag", Map.of("name", "a", "description", "", "category_id", category));
  }

  private static String made(RestCalls calls, String what, Map<String, Object> spec) {
    byte[] answer =
        calls
            .post("/rest/com/vmware/cis/tagging/" + what, Json.write(Map.of("create_spec", spec)))
            .body();
    Matcher id = ID.matcher(new String(answer, StandardCharsets.UTF_8));
    assertThat(id.find()).isTrue();
    return id.group();
  }
}
