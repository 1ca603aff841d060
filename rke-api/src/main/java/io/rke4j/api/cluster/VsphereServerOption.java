package io.rke4j.api.cluster;

/** Settings of one vCenter server. */
public enum VsphereServerOption implements CloudOption {
  /** The account; that for all servers, if not given. */
  USER("user", Kind.TEXT),
  /** Its password. */
  PASSWORD("password", Kind.SECRET),
  /** Its port. */
  PORT("port", Kind.TEXT),
  /** The datacenters with nodes, separated by commas. */
  DATACENTERS("datacenters", Kind.TEXT),
  /** How often requests are tried. */
  ROUND_TRIPS("soap-roundtrip-count", Kind.WHOLE);

  private final String key;
  private final Kind kind;

  VsphereServerOption(String key, Kind kind) {
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
