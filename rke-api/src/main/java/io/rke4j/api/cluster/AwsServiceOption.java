package io.rke4j.api.cluster;

/** Settings of a service of Amazon's that is not where it usually is. */
public enum AwsServiceOption implements CloudOption {
  /** The service, for example {@code ec2}. */
  SERVICE("service", "Service", Kind.TEXT),
  /** The region that it is for. */
  REGION("region", "Region", Kind.TEXT),
  /** The address of the service. */
  URL("url", "URL", Kind.TEXT),
  /** The region that requests are signed for. */
  SIGNING_REGION("signing-region", "SigningRegion", Kind.TEXT),
  /** How requests are signed. */
  SIGNING_METHOD("signing-method", "SigningMethod", Kind.TEXT),
  /** The service that requests are signed for. */
  SIGNING_NAME("signing-name", "SigningName", Kind.TEXT);

  private final String key;
  private final String cloudName;
  private final Kind kind;

  AwsServiceOption(String key, String cloudName, Kind kind) {
    this.key = key;
    this.cloudName = cloudName;
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

  /** Its name in the provider's own file. */
  public String cloudName() {
    return cloudName;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
