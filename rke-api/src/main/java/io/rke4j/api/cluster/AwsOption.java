package io.rke4j.api.cluster;

/** Settings of the cloud provider {@code aws}. */
public enum AwsOption implements CloudOption {
  /** The zone of the control plane. */
  ZONE("zone", "Zone", Kind.TEXT),
  /** The network, where the control plane is elsewhere. */
  VPC("vpc", "VPC", Kind.TEXT),
  /** The subnet of load balancers. */
  SUBNET_ID("subnet-id", "SubnetID", Kind.TEXT),
  /** The route table. */
  ROUTE_TABLE_ID("routetable-id", "RouteTableID", Kind.TEXT),
  /** The role to take on. */
  ROLE_ARN("role-arn", "RoleARN", Kind.TEXT),
  /** The older form of the cluster's id. */
  KUBERNETES_CLUSTER_TAG("kubernetes-cluster-tag", "KubernetesClusterTag", Kind.TEXT),
  /** The tag by which the cluster's resources are known. */
  KUBERNETES_CLUSTER_ID("kubernetes-cluster-id", "KubernetesClusterID", Kind.TEXT),
  /** Whether load balancers get no rules in the nodes' security group. */
  DISABLE_SECURITY_GROUP_INGRESS(
      "disable-security-group-ingress", "DisableSecurityGroupIngress", Kind.TRUTH),
  /** The security group of all load balancers. */
  ELB_SECURITY_GROUP("elb-security-group", "ElbSecurityGroup", Kind.TEXT),
  /** Whether unknown regions are accepted. */
  DISABLE_STRICT_ZONE_CHECK("disable-strict-zone-check", "DisableStrictZoneCheck", Kind.TRUTH);

  private final String key;
  private final String cloudName;
  private final Kind kind;

  AwsOption(String key, String cloudName, Kind kind) {
    this.key = key;
    this.cloudName = cloudName;
    this.kind = kind;
  }

  @Override
  public String section() {
    return "global";
  }

  @Override
  public String key() {
    return key;
  }

  /** Its name in the provider's own file. */
  public String cloudName() {
    return cloudName;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
