package io.rke4j.vsphere.internal.soap;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.CustomFieldDef;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.UserSession;
import com.vmware.vim25.VmConfigInfo;
import io.rke4j.vsphere.RunContext;
import io.rke4j.vsphere.Simulator;
import io.rke4j.vsphere.VsphereDriver;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.web.Web;
import io.rke4j.vsphere.settings.Labels;
import io.rke4j.vsphere.settings.VApp;
import io.rke4j.vsphere.settings.VsphereConnection;
import io.rke4j.vsphere.settings.VsphereSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs an administrator's hand in the simulator. */
class SoapVimIT {

  private static final String CURRENT = "currentSession";
  private static final String ALL = "sessionList";

  @TempDir Path folder;

  @Test
  void aForgottenSessionIsMadeAgain() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        SoapVim vim = new SoapVim(new Web(simulator.connection()), simulator.connection())) {
      ObjectId datacenter = vim.at("DC0").orElseThrow();

      terminateOthers(simulator.connection());
      assertThat(vim.item(datacenter).name()).isEqualTo("DC0");
      terminateOthers(simulator.connection());
      assertThat(vim.items(datacenter, Kind.DATASTORE)).hasSize(1);
      terminateOthers(simulator.connection());
      String before = vim.cookie();
      assertThat(before).startsWith("vmware_soap_session=");
      assertThat(vim.cookie()).isEqualTo(before);
    }
  }

  @Test
  void customAttributesAreSet() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        SoapVim vim = new SoapVim(new Web(simulator.connection()), simulator.connection())) {
      int number = attribute(simulator.connection(), "team");
      Labels labels = new Labels(List.of(), Map.of(number, "team a"));
      try (VsphereDriver driver =
          VsphereDriver.connect(simulator.settings(Simulator.placement(), "DC0_H0_VM0", labels))) {
        driver.create(Simulator.node("cp-1"), new RunContext());
      }
      ObjectId machine = vim.at("DC0/vm/cp-1").orElseThrow();
      assertThat(vim.machine(machine).orElseThrow().attributes()).containsEntry(number, "team a");
    }
  }

  @Test
  void vAppOptionsAreSetOnce() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        SoapVim vim = new SoapVim(new Web(simulator.connection()), simulator.connection())) {
      VsphereSettings plain = simulator.settings();
      VApp vApp =
          new VApp(
              "com.vmware.guestInfo",
              "IPv4",
              "fixedAllocated",
              Map.of("guestinfo.dns", "${dns:VM Network}"));
      VsphereSettings settings =
          new VsphereSettings(
              plain.cluster(),
              plain.connection(),
              plain.placement(),
              plain.source(),
              plain.hardware(),
              plain.guest(),
              vApp,
              plain.labels());
      try (VsphereDriver driver = VsphereDriver.connect(settings)) {
        driver.create(Simulator.node("cp-1"), new RunContext());
        driver.create(Simulator.node("cp-1"), new RunContext());
      }

      VmConfigInfo options = vApp(simulator.connection(), vim.at("DC0/vm/cp-1").orElseThrow());
      // Of these options the simulator keeps the properties only.
      assertThat(options.getProperty())
          .extracting(one -> one.getId() + " " + one.getType() + " " + one.getDefaultValue())
          .containsExactly("guestinfo.dns expression ${dns:VM Network}");
    }
  }

  private static VmConfigInfo vApp(VsphereConnection connection, ObjectId machine) {
    Decoder decoder = new Decoder();
    try (Session admin = new Session(new SoapCalls(new Web(connection)), decoder, connection)) {
      return new Properties(admin, decoder)
          .of("vApp", References.of(machine), "config.vAppConfig", "config.vAppConfig")
          .get("config.vAppConfig", VmConfigInfo.class)
          .orElseThrow();
    }
  }

  private static void terminateOthers(VsphereConnection connection) {
    Decoder decoder = new Decoder();
    try (Session admin = new Session(new SoapCalls(new Web(connection)), decoder, connection)) {
      ManagedObjectReference manager = admin.content().getSessionManager();
      Properties.Found found =
          new Properties(admin, decoder).of("sessions", manager, CURRENT, CURRENT, ALL);
      String own = found.get(CURRENT, UserSession.class).orElseThrow().getKey();
      String[] others =
          Arrays.stream(found.get(ALL, UserSession[].class).orElseThrow())
              .map(UserSession::getKey)
              .filter(key -> !key.equals(own))
              .toArray(String[]::new);
      assertThat(others).isNotEmpty();
      admin.call("sessions", "TerminateSession", manager, new Argument("sessionId", others));
    }
  }

  private static int attribute(VsphereConnection connection, String name) {
    Decoder decoder = new Decoder();
    try (Session admin = new Session(new SoapCalls(new Web(connection)), decoder, connection)) {
      return new Properties(admin, decoder)
          .one(
              "attribute",
              admin.call(
                  "attribute",
                  "AddCustomFieldDef",
                  admin.content().getCustomFieldsManager(),
                  new Argument("name", name)),
              CustomFieldDef.class)
          .getKey();
    }
  }
}
