package io.rke4j.api.cluster;

/** Whether and how the API server writes down who asked for what. */
public sealed interface AuditLogSpec {

  /** As RKE does it for the version: for 1.17.4 and newer, a log with RKE's defaults. */
  record ByVersion() implements AuditLogSpec {}

  /** No log. */
  record Off() implements AuditLogSpec {}

  /**
   * A log.
   *
   * @param maxAge days for which an old file is kept; 0 for as long as there are few enough
   * @param maxBackups how many old files are kept; 0 for any number
   * @param maxSize megabytes at which a new file is begun; 0 for Kubernetes' default of 100
   * @param path file in the API server's container, or {@code -} for its output
   * @param format form of the lines
   * @param policy a {@code Policy} of the group {@code audit.k8s.io} as YAML; empty for RKE's,
   *     which logs every request without its body
   */
  record On(int maxAge, int maxBackups, int maxSize, String path, Format format, String policy)
      implements AuditLogSpec {

    /** RKE's default. */
    public static final On DEFAULT =
        new On(30, 10, 100, "/var/log/kube-audit/audit-log.json", Format.JSON, "");

    /** Checks the numbers. */
    public On {
      if (maxAge < 0 || maxBackups < 0 || maxSize < 0) {
        throw new IllegalArgumentException("a limit of the audit log is below 0");
      }
    }
  }

  /** The form of the log's lines. */
  enum Format {
    /** One JSON object to a line. */
    JSON("json"),
    /** One line of text. */
    LEGACY("legacy");

    private final String flag;

    Format(String flag) {
      this.flag = flag;
    }

    /** The value that the API server is given. */
    public String flag() {
      return flag;
    }
  }
}
