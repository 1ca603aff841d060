package io.rke4j.vsphere.internal.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.OptionValue;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualMachineConfigSpec;
import com.vmware.vim25.VirtualMachinePowerState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class DecoderTest {

  private static final String NAMESPACES =
      " xmlns=\"urn:vim25\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
          + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

  private final Decoder decoder = new Decoder();

  @Test
  void whatIsUnknownDoesNotSpoilTheRest() throws Exception {
    TaskInfo task =
        read(
            TaskInfo.class,
            xml(
                "<info"
                    + NAMESPACES
                    + "><key>task-1</key><quantumState xsi:type=\"Qubit\">0+1</quantumState>"
                    + "<state>success</state><progress>7</progress>"
                    + "<startTime>2026-01-02T03:04:05.678</startTime>"
                    + "<result xsi:type=\"ManagedObjectReference\" type=\"VirtualMachine\">vm-1"
                    + "</result></info>"));

    assertThat(task.getKey()).isEqualTo("task-1");
    assertThat(task.getState()).isEqualTo(TaskInfoState.success);
    assertThat(task.getProgress()).isEqualTo(7);
    assertThat(task.getStartTime().toInstant()).hasToString("2026-01-02T03:04:05.678Z");
    assertThat(((ManagedObjectReference) task.getResult()).getVal()).isEqualTo("vm-1");
    assertThat(decoder.unknown()).containsExactly("TaskInfo.quantumState");
  }

  @Test
  void unknownTypesAndWordsAreWhatTheyAreDeclaredAs() throws Exception {
    VirtualDevice device =
        read(
            VirtualDevice.class,
            xml("<d" + NAMESPACES + " xsi:type=\"VirtualHologram\"><key>5</key></d>"));

    assertThat(device.getKey()).isEqualTo(5);
    assertThat(
            decoder.value(VirtualMachinePowerState.class, xml("<s" + NAMESPACES + ">halfway</s>")))
        .isNull();
    assertThat(decoder.unknown()).contains("VirtualHologram", "VirtualMachinePowerState.halfway");
  }

  @Test
  void entitiesOfAHostileServerAreRefused() {
    assertThatThrownBy(
            () -> xml("<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>" + "<x>&f;</x>"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("DOCTYPE");
  }

  @Test
  void callsAreWrittenAsVcenterReadsThem() {
    OptionValue option = new OptionValue();
    option.setKey("note");
    option.setValue("a<b>&\"c\"");
    VirtualDisk disk = new VirtualDisk();
    disk.setKey(2000);
    disk.setCapacityInKB(1024);
    VirtualMachineConfigSpec spec = new VirtualMachineConfigSpec();
    spec.setNumCPUs(4);
    spec.setMemoryMB(4096L);
    spec.setExtraConfig(new OptionValue[] {option});

    String call =
        Encoder.call(
            "ReconfigVM_Task",
            List.of(
                new Argument("_this", Session.reference("VirtualMachine", "vm-1")),
                new Argument("spec", spec)));

    assertThat(call)
        .contains(
            "<ReconfigVM_Task xmlns=\"urn:vim25\"><_this type=\"VirtualMachine\">vm-1</_this>"
                + "<spec xsi:type=\"VirtualMachineConfigSpec\"><numCPUs>4</numCPUs>"
                + "<memoryMB>4096</memoryMB><extraConfig xsi:type=\"OptionValue\"><key>note</key>"
                + "<value xsi:type=\"xsd:string\">a&lt;b&gt;&amp;&quot;c&quot;</value>"
                + "</extraConfig></spec></ReconfigVM_Task>");
    assertThat(Encoder.call("X", List.of(new Argument("device", disk))))
        .contains(
            "<device xsi:type=\"VirtualDisk\"><key>2000</key><capacityInKB>1024</capacityInKB>"
                + "</device>");
  }

  private <T> T read(Class<T> type, Element element) throws IOException {
    return type.cast(Objects.requireNonNull(decoder.value(type, element)));
  }

  private static Element xml(String text) throws IOException {
    return Xml.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
