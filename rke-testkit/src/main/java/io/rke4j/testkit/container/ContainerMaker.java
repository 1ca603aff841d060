package io.rke4j.testkit.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.container.MountTable.Mount;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileTree;
import io.rke4j.testkit.host.FileView;
import io.rke4j.testkit.host.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes containers: completes their definitions, and finds out where their folders lie. */
record ContainerMaker(Machine machine, Images images, Volumes volumes, ContainerTable table) {

  private static final String ROOTS = "/var/lib/docker/overlay2/";

  Container make(String name, ObjectNode request) {
    String imageName = request.path("Image").asText("");
    if (imageName.isEmpty()) {
      throw EngineRefusal.badRequest("No command specified");
    }
    Image image = images.require(imageName);
    String given = name.isEmpty() ? anyName() : name;
    table.requireFree(given);
    ContainerSettings settings = ContainerSettings.of(request, image);
    String layer = ROOTS + Ids.fresh();
    EngineRefusal.requireRoom(machine, "mkdir " + layer + "-init");
    String root = layer + "/merged";
    Container container =
        new Container(given, settings, image, mounts(settings, root), machine.clock());
    if (settings.config().path("Hostname").asText("").isEmpty()) {
      settings
          .config()
          .put(
              "Hostname",
              settings.onHostNetwork()
                  ? machine.facts().hostname()
                  : Ids.shortened(container.id()));
    }
    furnish(root, settings);
    table.add(container);
    return container;
  }

  private static String anyName() {
    return "simulated_" + Ids.fresh().substring(0, 8);
  }

  private void furnish(String root, ContainerSettings settings) {
    for (String folder :
        List.of("/bin", "/dev", "/etc", "/proc", "/root", "/sys", "/usr", "/var")) {
      machine.files().makeFolders(root + folder);
    }
    machine.files().put(root + "/tmp", FileEntry.folder(01777));
    String hostname = settings.config().path("Hostname").asText() + "\n";
    machine.files().put(root + "/etc/hostname", FileEntry.file(0644, hostname));
  }

  private MountTable mounts(ContainerSettings settings, String root) {
    List<Mount> mounts = new ArrayList<>();
    Json.words(settings.host().path("Binds")).forEach(bind -> mounts.add(bind(bind)));
    settings.host().path("Mounts").forEach(mount -> mounts.add(mount(mount)));
    MountTable table = new MountTable(root, mounts);
    for (String entry : Json.words(settings.host().path("VolumesFrom"))) {
      table = table.with(mountsOf(entry.split(":", 2)[0]));
    }
    List<Mount> anonymous = new ArrayList<>();
    for (String folder : folders(settings.config().path("Volumes"))) {
      if (table.mounts().stream().noneMatch(mount -> mount.destination().equals(folder))) {
        Volumes.Volume volume = volumes.anonymous();
        anonymous.add(new Mount(volume.name(), volume.folder(), folder, ""));
      }
    }
    return table.with(anonymous);
  }

  private static List<String> folders(JsonNode volumes) {
    List<String> folders = new ArrayList<>();
    volumes.fieldNames().forEachRemaining(folder -> folders.add(FileTree.normal(folder)));
    return folders;
  }

  private List<Mount> mountsOf(String container) {
    return table
        .find(container)
        .orElseThrow(() -> EngineRefusal.noContainer(container))
        .mounts()
        .mounts();
  }

  private Mount bind(String text) {
    String[] parts = text.split(":", 3);
    if (parts.length < 2 || !parts[1].startsWith("/")) {
      throw EngineRefusal.badRequest("invalid volume specification: '" + text + "'");
    }
    String mode = parts.length == 3 ? parts[2] : "";
    return parts[0].startsWith("/")
        ? folder(parts[0], parts[1], mode)
        : volume(parts[0], parts[1], mode);
  }

  private Mount mount(JsonNode mount) {
    String source = mount.path("Source").asText("");
    String target = mount.path("Target").asText("");
    String mode = mount.path("ReadOnly").asBoolean() ? "ro" : "";
    if (!mount.path("Type").asText("").equals("bind")) {
      return volume(source.isEmpty() ? Ids.fresh() : source, target, mode);
    }
    if (!FileView.of(machine.files()).find(source).isPresent()) {
      throw EngineRefusal.badRequest(
          "invalid mount config for type \"bind\": bind source path does not exist: " + source);
    }
    return folder(source, target, mode);
  }

  /** A folder that is not there is made, as Docker does for binds. */
  private Mount folder(String source, String destination, String mode) {
    String place = FileView.of(machine.files()).resolve(source);
    if (!machine.files().exists(place)) {
      machine.files().makeFolders(place);
    }
    return new Mount("", place, FileTree.normal(destination), mode);
  }

  private Mount volume(String name, String destination, String mode) {
    Volumes.Volume volume = volumes.ensure(name, Map.of());
    return new Mount(name, volume.folder(), FileTree.normal(destination), mode);
  }

  /** Deletes the files of a container that is no more. */
  void clear(Container container, boolean withVolumes) {
    machine.files().remove(FileTree.parent(container.mounts().root()));
    machine.files().remove(FileTree.parent(container.logPath()));
    if (withVolumes) {
      container.mounts().mounts().stream()
          .filter(mount -> mount.type().equals("volume"))
          .filter(mount -> isOwn(container, mount))
          .forEach(mount -> volumes.remove(mount.volume()));
    }
  }

  private boolean isOwn(Container container, Mount mount) {
    boolean anonymous = volumes.find(mount.volume()).filter(Volumes.Volume::anonymous).isPresent();
    return anonymous
        && table.all().stream()
            .filter(other -> !other.id().equals(container.id()))
            .flatMap(other -> other.mounts().mounts().stream())
            .noneMatch(other -> other.volume().equals(mount.volume()));
  }
}
