package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.StoragePlacementAction;
import com.vmware.vim25.StoragePlacementResult;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualMachineConfigSpec;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.soap.Properties.Found;
import io.rke4j.vsphere.internal.vim.CloneOrder;
import io.rke4j.vsphere.internal.vim.Item;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.MachineChange;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.MachineMark;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.TaskView;
import io.rke4j.vsphere.internal.vim.Vim;
import io.rke4j.vsphere.internal.web.Web;
import io.rke4j.vsphere.settings.VsphereConnection;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/** vCenter by its SOAP service. */
public final class SoapVim implements Vim {

  private final SoapCalls calls;
  private final Session session;
  private final Properties properties;
  private final NetworkBackings networks;

  /** Logs in. */
  public SoapVim(Web web, VsphereConnection connection) {
    Decoder decoder = new Decoder();
    this.calls = new SoapCalls(web);
    this.session = new Session(calls, decoder, connection);
    this.properties = new Properties(session, decoder);
    this.networks = new NetworkBackings(properties);
  }

  /** The cookie that uploads need. */
  public String cookie() {
    session.ensureAlive();
    return calls.cookie();
  }

  @Override
  public ObjectId root() {
    return References.id(session.content().getRootFolder());
  }

  @Override
  public Item item(ObjectId id) {
    Found found = properties.of(about(id), References.of(id), "name", "name", "parent");
    return item(found);
  }

  private static Item item(Found found) {
    return new Item(
        References.id(found.object()),
        found.text("name"),
        found.get("parent", ManagedObjectReference.class).map(References::id));
  }

  @Override
  public List<Item> items(ObjectId below, Kind kind) {
    return properties
        .below("list of every " + kind.title(), References.of(below), kind.type(), "name", "parent")
        .stream()
        .map(SoapVim::item)
        .toList();
  }

  @Override
  public Optional<ObjectId> at(String path) {
    List<Element> answer =
        session.call(
            path,
            "FindByInventoryPath",
            session.content().getSearchIndex(),
            new Argument("inventoryPath", path));
    return answer.isEmpty()
        ? Optional.empty()
        : Optional.of(References.id(properties.one(path, answer, ManagedObjectReference.class)));
  }

  @Override
  public Optional<ObjectId> reference(ObjectId from, String property) {
    return properties
        .of(about(from), References.of(from), "name", "name", property)
        .get(property, ManagedObjectReference.class)
        .map(References::id);
  }

  @Override
  public List<MachineMark> marks(ObjectId below) {
    return properties
        .below(
            "list of every virtual machine",
            References.of(below),
            Kind.MACHINE.type(),
            MachineReader.markProperties())
        .stream()
        .map(MachineReader::mark)
        .toList();
  }

  @Override
  public Optional<MachineFacts> machine(ObjectId id) {
    try {
      return Optional.of(
          MachineReader.facts(
              properties.of(
                  about(id), References.of(id), MachineReader.NAME, MachineReader.properties())));
    } catch (VsphereException e) {
      if (e.fault().equals("ManagedObjectNotFound")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public ObjectId recommendedDatastore(ObjectId datastoreCluster, CloneOrder order) {
    String about = "datastore cluster " + item(datastoreCluster).name();
    List<Element> answer =
        session.call(
            about,
            "RecommendDatastores",
            session.content().getStorageResourceManager(),
            new Argument("storageSpec", CloneWriter.placement(datastoreCluster, order, networks)));
    StoragePlacementResult result = properties.one(about, answer, StoragePlacementResult.class);
    if (result.getRecommendations() != null
        && result.getRecommendations().length > 0
        && result.getRecommendations()[0].getAction() != null
        && result.getRecommendations()[0].getAction().length > 0
        && result.getRecommendations()[0].getAction()[0] instanceof StoragePlacementAction action) {
      return References.id(action.getDestination());
    }
    throw VsphereException.unusable(
        about,
        "has no datastore that Storage DRS recommends",
        "Turn Storage DRS on and free space, or give a datastore");
  }

  @Override
  public ObjectId clone(CloneOrder order) {
    return started(
        "virtual machine '" + order.name() + "'",
        "CloneVM_Task",
        References.of(order.source()),
        new Argument("folder", References.of(order.folder())),
        new Argument("name", order.name()),
        new Argument("spec", CloneWriter.write(order, networks)));
  }

  @Override
  public ObjectId reconfigure(MachineFacts machine, List<MachineChange> changes) {
    ManagedObjectReference self = References.of(machine.id());
    VirtualDevice[] devices =
        properties
            .of(machine.mark().name(), self, MachineReader.DEVICES, MachineReader.DEVICES)
            .get(MachineReader.DEVICES, VirtualDevice[].class)
            .orElse(new VirtualDevice[0]);
    VirtualMachineConfigSpec spec = new ChangeWriter(networks, devices).write(changes);
    if (!machine.state().changeVersion().isEmpty()) {
      spec.setChangeVersion(machine.state().changeVersion());
    }
    return started(about(machine), "ReconfigVM_Task", self, new Argument("spec", spec));
  }

  @Override
  public ObjectId powerOn(ObjectId machine) {
    return started(about(machine), "PowerOnVM_Task", References.of(machine));
  }

  @Override
  public void shutDownGuest(ObjectId machine) {
    session.call(about(machine), "ShutdownGuest", References.of(machine));
  }

  @Override
  public ObjectId powerOff(ObjectId machine) {
    return started(about(machine), "PowerOffVM_Task", References.of(machine));
  }

  @Override
  public ObjectId destroy(ObjectId machine) {
    return started(about(machine), "Destroy_Task", References.of(machine));
  }

  @Override
  public ObjectId deleteFile(ObjectId datacenter, String path) {
    return started(
        "file " + path,
        "DeleteDatastoreFile_Task",
        session.content().getFileManager(),
        new Argument("name", path),
        new Argument("datacenter", References.of(datacenter)));
  }

  @Override
  public void setAttribute(ObjectId machine, int number, String value) {
    session.call(
        "custom attribute " + number + " of " + about(machine),
        "SetField",
        session.content().getCustomFieldsManager(),
        new Argument("entity", References.of(machine)),
        new Argument("key", number),
        new Argument("value", value));
  }

  @Override
  public TaskView task(ObjectId task) {
    return Tasks.view(
        properties
            .of("task " + task.id(), References.of(task), "info", "info")
            .get("info", TaskInfo.class)
            .orElseThrow(() -> VsphereException.unusable("task " + task.id(), "is gone", "")));
  }

  @Override
  public void cancel(ObjectId task) {
    try {
      session.call("task " + task.id(), "CancelTask", References.of(task));
    } catch (VsphereException e) {
      // It is over, or is one of those that cannot be cancelled.
      if (e.fault().isEmpty()) {
        throw e;
      }
    }
  }

  private ObjectId started(
      String about, String method, ManagedObjectReference self, Argument... arguments) {
    List<Element> answer = session.call(about, method, self, arguments);
    return References.id(properties.one(about, answer, ManagedObjectReference.class));
  }

  private static String about(ObjectId id) {
    return id.kind() + " " + id.id();
  }

  private static String about(MachineFacts machine) {
    return "virtual machine '" + machine.mark().name() + "'";
  }

  @Override
  public void close() {
    session.close();
  }
}
