package io.rke4j.vsphere.settings;

import java.util.Optional;
import java.util.Set;

/** Every key of a node template, in the order of the documentation's table. */
enum TemplateKey {
  CLUSTER_NAME("clusterName", "", "ours: the cluster that the machines are marked with; required"),
  VCENTER("vcenter", "", "name or address of the vCenter server; required"),
  VCENTER_PORT("vcenterPort", "443", "its HTTPS port"),
  USERNAME("username", "", "account in vCenter; required"),
  PASSWORD("password", "", "its password; required"),
  CA_CERTIFICATE("caCertificate", "", "ours: PEM file with the authority of the server"),
  CERTIFICATE_FINGERPRINT(
      "certificateFingerprint", "", "ours: SHA-256 fingerprint of the server's certificate"),
  DATACENTER("datacenter", "", "name or path; empty for the only one"),
  FOLDER("folder", "", "folder for virtual machines; must exist"),
  POOL("pool", "", "resource pool; empty for that of the host, or the only root pool"),
  HOST_SYSTEM("hostsystem", "", "host; empty to let DRS decide"),
  DATASTORE("datastore", "", "name or path; empty for the only one"),
  DATASTORE_CLUSTER("datastoreCluster", "", "datastore cluster, in place of `datastore`"),
  NETWORK("network", "", "list: one network adapter each, in this order"),
  CREATION_TYPE("creationType", "", "`vm`, `template` or `library`; required"),
  CLONE_FROM("cloneFrom", "", "VM, template or item of the library; required"),
  CONTENT_LIBRARY("contentLibrary", "", "name of the library, for `library`"),
  CPU_COUNT("cpuCount", "2", "virtual processors"),
  MEMORY_SIZE("memorySize", "2048", "memory in MiB"),
  DISK_SIZE("diskSize", "20480", "first disk in MiB; only ever grows"),
  CFGPARAM("cfgparam", "", "list of `key=value`: configuration parameters, `guestinfo.…`"),
  CLOUD_CONFIG("cloudConfig", "", "text of a cloud-config; comes before ours"),
  SSH_USER("sshUser", "docker", "account that cloud-init makes"),
  SSH_USER_GROUP("sshUserGroup", "staff", "its group"),
  SSH_PORT("sshPort", "22", "port of sshd"),
  SSH_KEY_PATH(
      "sshKeyPath", "", "ours: file of the private key; empty for one that the driver makes"),
  SSH_AUTHORIZED_KEY(
      "sshAuthorizedKey",
      "",
      "ours: list of public keys; empty for `<sshKeyPath>.pub`, or for that which the driver"
          + " makes"),
  KEY_FOLDER(
      "keyFolder",
      "",
      "ours: folder for keys that the driver makes; empty for `~/.rke4j/vsphere/<clusterName>`"),
  ADDRESS_TIMEOUT("addressTimeout", "600", "ours: seconds from power-on to an address"),
  VAPP_TRANSPORT("vappTransport", "", "`iso` or `com.vmware.guestInfo`; empty for no vApp options"),
  VAPP_IP_PROTOCOL("vappIpprotocol", "IPv4", "`IPv4` or `IPv6`"),
  VAPP_IP_ALLOCATION(
      "vappIpallocationpolicy", "", "`dhcp`, `fixed`, `transient` or `fixedAllocated`"),
  VAPP_PROPERTY("vappProperty", "", "list of `id=value`"),
  TAG("tag", "", "list of ids of tags"),
  CUSTOM_ATTRIBUTE("customAttribute", "", "list of `number=value`"),
  OS("os", "linux", "only `linux`"),
  GRACEFUL_SHUTDOWN(
      "gracefulShutdownTimeout",
      "0",
      "seconds that the guest may take to shut down before its machine is powered off and"
          + " destroyed; `0` to power it off at once"),
  SSH_PASSWORD("sshPassword", "", "taken and not used: accounts have a key and no password"),
  BOOT2DOCKER_URL("boot2dockerUrl", "", "taken and not used: only for `legacy`"),
  CLOUDINIT("cloudinit", "", "refused: only for `legacy`");

  private static final Set<TemplateKey> SHARED =
      Set.of(
          CLUSTER_NAME,
          VCENTER,
          VCENTER_PORT,
          USERNAME,
          PASSWORD,
          CA_CERTIFICATE,
          CERTIFICATE_FINGERPRINT,
          DATACENTER,
          KEY_FOLDER);

  private final String key;
  private final String fallback;
  private final String meaning;

  TemplateKey(String key, String fallback, String meaning) {
    this.key = key;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  static Optional<TemplateKey> of(String key) {
    for (TemplateKey one : values()) {
      if (one.key.equals(key)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** Whether it is the same for all machines of a cluster. */
  boolean isShared() {
    return SHARED.contains(this);
  }

  String key() {
    return key;
  }

  String fallback() {
    return fallback;
  }

  String meaning() {
    return meaning;
  }
}
