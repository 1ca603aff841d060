package io.rke4j.api.cluster;

/** Settings of the cloud provider {@code azure}, in the order of its file. */
public enum AzureOption implements CloudOption {
  /** The environment, for example {@code AzurePublicCloud}. */
  CLOUD("cloud", Kind.TEXT),
  /** The directory of the subscription. */
  TENANT_ID("tenantId", Kind.TEXT),
  /** The subscription. */
  SUBSCRIPTION_ID("subscriptionId", Kind.TEXT),
  /** The resource group of the cluster. */
  RESOURCE_GROUP("resourceGroup", Kind.TEXT),
  /** The location of the resource group. */
  LOCATION("location", Kind.TEXT),
  /** The virtual network. */
  VNET_NAME("vnetName", Kind.TEXT),
  /** The resource group of the virtual network. */
  VNET_RESOURCE_GROUP("vnetResourceGroup", Kind.TEXT),
  /** The subnet. */
  SUBNET_NAME("subnetName", Kind.TEXT),
  /** The security group of the subnet. */
  SECURITY_GROUP_NAME("securityGroupName", Kind.TEXT),
  /** The resource group of the security group. */
  SECURITY_GROUP_RESOURCE_GROUP("securityGroupResourceGroup", Kind.TEXT),
  /** The route table of the subnet. */
  ROUTE_TABLE_NAME("routeTableName", Kind.TEXT),
  /** The availability set that load balancers use. */
  PRIMARY_AVAILABILITY_SET_NAME("primaryAvailabilitySetName", Kind.TEXT),
  /** {@code vmss} or {@code standard}. */
  VM_TYPE("vmType", Kind.TEXT),
  /** The scale set that load balancers use. */
  PRIMARY_SCALE_SET_NAME("primaryScaleSetName", Kind.TEXT),
  /** The application that logs in. */
  AAD_CLIENT_ID("aadClientId", Kind.TEXT),
  /** Its secret. */
  AAD_CLIENT_SECRET("aadClientSecret", Kind.SECRET),
  /** A file of the host with its certificate. */
  AAD_CLIENT_CERT_PATH("aadClientCertPath", Kind.TEXT),
  /** The password of that file. */
  AAD_CLIENT_CERT_PASSWORD("aadClientCertPassword", Kind.SECRET),
  /** Whether failed requests are tried again with pauses. */
  BACKOFF("cloudProviderBackoff", Kind.TRUTH),
  /** How often. */
  BACKOFF_RETRIES("cloudProviderBackoffRetries", Kind.WHOLE),
  /** How fast pauses grow. */
  BACKOFF_EXPONENT("cloudProviderBackoffExponent", Kind.WHOLE),
  /** The first pause, in seconds. */
  BACKOFF_DURATION("cloudProviderBackoffDuration", Kind.WHOLE),
  /** How much pauses vary. */
  BACKOFF_JITTER("cloudProviderBackoffJitter", Kind.WHOLE),
  /** Whether the rate of requests is limited. */
  RATE_LIMIT("cloudProviderRateLimit", Kind.TRUTH),
  /** Requests in a second. */
  RATE_LIMIT_QPS("cloudProviderRateLimitQPS", Kind.WHOLE),
  /** Requests at once. */
  RATE_LIMIT_BUCKET("cloudProviderRateLimitBucket", Kind.WHOLE),
  /** Whether machines ask the metadata service about themselves. */
  USE_INSTANCE_METADATA("useInstanceMetadata", Kind.TRUTH),
  /** Whether the machines' identity logs in. */
  USE_MANAGED_IDENTITY_EXTENSION("useManagedIdentityExtension", Kind.TRUTH),
  /** Which of the machines' identities. */
  USER_ASSIGNED_IDENTITY_ID("userAssignedIdentityID", Kind.TEXT),
  /** Rules of a load balancer at most. */
  MAXIMUM_LOAD_BALANCER_RULE_COUNT("maximumLoadBalancerRuleCount", Kind.WHOLE),
  /** {@code basic} or {@code standard}. */
  LOAD_BALANCER_SKU("loadBalancerSku", Kind.TEXT),
  /** Whether standard load balancers leave out masters. */
  EXCLUDE_MASTER_FROM_STANDARD_LB("excludeMasterFromStandardLB", Kind.TRUTH),
  /** Tags of what is made, as {@code a=b,c=d}. */
  TAGS("tags", Kind.TEXT);

  private final String key;
  private final Kind kind;

  AzureOption(String key, Kind kind) {
    this.key = key;
    this.kind = kind;
  }

  @Override
  public String section() {
    return "";
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
