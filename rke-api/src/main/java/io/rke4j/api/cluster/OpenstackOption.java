package io.rke4j.api.cluster;

/** Settings of the cloud provider {@code openstack}. */
public enum OpenstackOption implements CloudOption {
  /** The address of the identity service. */
  AUTH_URL("global", "auth-url", Kind.TEXT),
  /** The name of the account. */
  USERNAME("global", "username", Kind.TEXT),
  /** The id of the account, in place of its name. */
  USER_ID("global", "user-id", Kind.TEXT),
  /** Its password. */
  PASSWORD("global", "password", Kind.SECRET),
  /** The id of the project. */
  TENANT_ID("global", "tenant-id", Kind.TEXT),
  /** The name of the project. */
  TENANT_NAME("global", "tenant-name", Kind.TEXT),
  /** The id of a trust. */
  TRUST_ID("global", "trust-id", Kind.TEXT),
  /** The id of the account's domain. */
  DOMAIN_ID("global", "domain-id", Kind.TEXT),
  /** The name of the account's domain. */
  DOMAIN_NAME("global", "domain-name", Kind.TEXT),
  /** The region. */
  REGION("global", "region", Kind.TEXT),
  /** A file of the host with the authorities of the services. */
  CA_FILE("global", "ca-file", Kind.TEXT),
  /** The version of the load balancer's API. */
  LB_VERSION("load_balancer", "lb-version", Kind.TEXT),
  /** Whether Octavia makes load balancers. */
  USE_OCTAVIA("load_balancer", "use-octavia", Kind.TRUTH),
  /** The subnet of load balancers. */
  SUBNET_ID("load_balancer", "subnet-id", Kind.TEXT),
  /** The network of the public addresses of load balancers. */
  FLOATING_NETWORK_ID("load_balancer", "floating-network-id", Kind.TEXT),
  /** How load is shared. */
  LB_METHOD("load_balancer", "lb-method", Kind.TEXT),
  /** What makes load balancers. */
  LB_PROVIDER("load_balancer", "lb-provider", Kind.TEXT),
  /** Whether members are watched. */
  CREATE_MONITOR("load_balancer", "create-monitor", Kind.TRUTH),
  /** The time between two looks, as Go writes times. */
  MONITOR_DELAY("load_balancer", "monitor-delay", Kind.TEXT),
  /** How long a look may take, as Go writes times. */
  MONITOR_TIMEOUT("load_balancer", "monitor-timeout", Kind.TEXT),
  /** How many looks may fail. */
  MONITOR_MAX_RETRIES("load_balancer", "monitor-max-retries", Kind.WHOLE),
  /** Whether rules of security groups are made. */
  MANAGE_SECURITY_GROUPS("load_balancer", "manage-security-groups", Kind.TRUTH),
  /** The version of the volumes' API. */
  BS_VERSION("block_storage", "bs-version", Kind.TEXT),
  /** Whether the names of devices are believed. */
  TRUST_DEVICE_PATH("block_storage", "trust-device-path", Kind.TRUTH),
  /** Whether zones of volumes are ignored. */
  IGNORE_VOLUME_AZ("block_storage", "ignore-volume-az", Kind.TRUTH),
  /** The router for routes to pods. */
  ROUTER_ID("route", "router-id", Kind.TEXT),
  /** Where machines learn about themselves. */
  SEARCH_ORDER("metadata", "search-order", Kind.TEXT),
  /** How long a request for that may take, in seconds. */
  REQUEST_TIMEOUT("metadata", "request-timeout", Kind.WHOLE);

  private final String section;
  private final String key;
  private final Kind kind;

  OpenstackOption(String section, String key, Kind kind) {
    this.section = section;
    this.key = key;
    this.kind = kind;
  }

  @Override
  public String section() {
    return section;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
