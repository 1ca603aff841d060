package io.rke4j.vsphere.settings;

import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the keys of a Rancher node template. */
final class TemplateReader {

  private static final String NOBODY = "nobody";
  private static final Pattern CLUSTER = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private final TemplateValues values;

  TemplateReader(Map<String, String> template) {
    this.values = new TemplateValues(template);
  }

  VsphereSettings read() {
    String cluster = cluster();
    VsphereConnection connection = connection();
    Placement placement = placement();
    MachineSource source = source();
    Hardware hardware = hardware();
    GuestAccess guest = new GuestReader(values).read(cluster);
    VApp vApp = vApp();
    Labels labels = labels();
    refuseWhatIsNotDone();
    if (!values.problems().isEmpty()) {
      throw new InvalidSpecException("the vSphere node template", values.problems());
    }
    return new VsphereSettings(
        cluster, connection, placement, source, hardware, guest, vApp, labels);
  }

  private String cluster() {
    String name = values.required(TemplateKey.CLUSTER_NAME, NOBODY);
    if (!CLUSTER.matcher(name).matches()) {
      values.problem(
          TemplateKey.CLUSTER_NAME.key(),
          "'" + name + "' is not an RFC 1123 label",
          "use lower-case letters, digits and '-'");
    }
    return name;
  }

  private VsphereConnection connection() {
    return new VsphereConnection(
        values.required(TemplateKey.VCENTER, NOBODY),
        values.number(TemplateKey.VCENTER_PORT, 1, 65535),
        values.required(TemplateKey.USERNAME, NOBODY),
        Secret.of(values.required(TemplateKey.PASSWORD, "")),
        trust());
  }

  private ServerTrust trust() {
    boolean pinned = values.has(TemplateKey.CERTIFICATE_FINGERPRINT);
    if (values.has(TemplateKey.CA_CERTIFICATE)) {
      if (pinned) {
        values.problem(
            TemplateKey.CERTIFICATE_FINGERPRINT.key(),
            "is given beside caCertificate",
            "keep one of them");
      }
      return ServerTrust.authority(Path.of(values.text(TemplateKey.CA_CERTIFICATE)));
    }
    return pinned
        ? values.make(
            TemplateKey.CERTIFICATE_FINGERPRINT,
            ServerTrust.ofTheRuntime(),
            () -> ServerTrust.pinned(values.text(TemplateKey.CERTIFICATE_FINGERPRINT).strip()))
        : ServerTrust.ofTheRuntime();
  }

  private Placement placement() {
    return new Placement(
        values.text(TemplateKey.DATACENTER).strip(),
        values.text(TemplateKey.FOLDER).strip(),
        values.text(TemplateKey.POOL).strip(),
        values.text(TemplateKey.HOST_SYSTEM).strip(),
        storage(),
        values.list(TemplateKey.NETWORK));
  }

  private Storage storage() {
    boolean cluster = values.has(TemplateKey.DATASTORE_CLUSTER);
    if (!values.has(TemplateKey.DATASTORE)) {
      return cluster
          ? new Storage.DatastoreCluster(values.text(TemplateKey.DATASTORE_CLUSTER).strip())
          : new Storage.TheOnlyOne();
    }
    if (cluster) {
      values.problem(
          TemplateKey.DATASTORE.key(),
          "is given beside datastoreCluster",
          "keep one of them; Rancher would use the cluster");
    }
    return new Storage.Datastore(values.text(TemplateKey.DATASTORE).strip());
  }

  private MachineSource source() {
    String type = values.text(TemplateKey.CREATION_TYPE).strip();
    if (type.isEmpty() || type.equals("legacy")) {
      values.problem(
          TemplateKey.CREATION_TYPE.key(),
          "asks for a boot2docker machine, which nobody maintains any more",
          "set it to vm, template or library");
    } else if (!type.equals("vm") && !type.equals("template") && !type.equals("library")) {
      values.problem(
          TemplateKey.CREATION_TYPE.key(),
          "'" + type + "' is unknown",
          "set it to vm, template or library");
    }
    String from = values.required(TemplateKey.CLONE_FROM, NOBODY);
    if (type.equals("library")) {
      if (values.has(TemplateKey.DATASTORE_CLUSTER)) {
        values.problem(
            TemplateKey.DATASTORE_CLUSTER.key(),
            "is given with creationType library, for which Storage DRS is not asked",
            "give a datastore");
      }
      return new MachineSource.LibraryItem(
          values.required(TemplateKey.CONTENT_LIBRARY, NOBODY), from);
    }
    if (values.has(TemplateKey.CONTENT_LIBRARY)) {
      values.problem(
          TemplateKey.CONTENT_LIBRARY.key(),
          "is only for creationType library",
          "leave it out, or set creationType to library");
    }
    return new MachineSource.Clone(from);
  }

  private Hardware hardware() {
    int cpus = values.number(TemplateKey.CPU_COUNT, 1, 1024);
    int memory = values.number(TemplateKey.MEMORY_SIZE, 4, 24 * 1024 * 1024);
    int disk = values.number(TemplateKey.DISK_SIZE, 1, 62 * 1024 * 1024);
    Map<String, String> parameters = values.pairs(TemplateKey.CFGPARAM);
    return values.make(
        TemplateKey.CFGPARAM,
        Hardware.ofRancher(),
        () -> new Hardware(cpus, memory, disk, parameters));
  }

  private VApp vApp() {
    String transport = values.text(TemplateKey.VAPP_TRANSPORT).strip();
    Map<String, String> properties = values.pairs(TemplateKey.VAPP_PROPERTY);
    if (transport.isEmpty()
        && (!properties.isEmpty() || values.has(TemplateKey.VAPP_IP_ALLOCATION))) {
      values.problem(
          TemplateKey.VAPP_TRANSPORT.key(),
          "is missing, so that no vApp option would have an effect",
          "set it to iso or com.vmware.guestInfo");
    }
    return values.make(
        TemplateKey.VAPP_TRANSPORT,
        VApp.none(),
        () ->
            new VApp(
                transport,
                values.text(TemplateKey.VAPP_IP_PROTOCOL).strip(),
                values.text(TemplateKey.VAPP_IP_ALLOCATION).strip(),
                properties));
  }

  private Labels labels() {
    Map<Integer, String> attributes = new TreeMap<>();
    values
        .pairs(TemplateKey.CUSTOM_ATTRIBUTE)
        .forEach(
            (number, value) -> {
              if (number.matches("\\d{1,9}")) {
                attributes.put(Integer.valueOf(number), value);
              } else {
                values.problem(
                    TemplateKey.CUSTOM_ATTRIBUTE.key(),
                    "'" + number + "' is not the number of a custom attribute",
                    "write number=value");
              }
            });
    return new Labels(values.list(TemplateKey.TAG), attributes);
  }

  private void refuseWhatIsNotDone() {
    if (!values.text(TemplateKey.OS).strip().equals("linux")) {
      values.problem(TemplateKey.OS.key(), "only linux is made", "leave it out");
    }
    if (values.has(TemplateKey.CLOUDINIT)) {
      values.problem(
          TemplateKey.CLOUDINIT.key(), "is only for creationType legacy", "use cloudConfig");
    }
  }
}
