package io.rke4j.testkit.kube.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;

/** A request that is refused, as the API server tells its client. */
public final class KubeFailure extends RuntimeException {

  private final int code;
  private final String reason;
  private final transient ObjectNode details;

  private KubeFailure(int code, String reason, String message, ObjectNode details) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** A failure without details. */
  public static KubeFailure of(int code, String reason, String message) {
    return new KubeFailure(code, reason, message, Json.object());
  }

  /**
   * No object of this name.
   *
   * @param group the API group; empty for the core
   * @param plural the resource, for example {@code pods}
   */
  public static KubeFailure notFound(String group, String plural, String name) {
    return named(404, "NotFound", group, plural, name, "not found");
  }

  /** No resource, or nothing at all, at this path. */
  public static KubeFailure noSuchPath() {
    return of(404, "NotFound", "the server could not find the requested resource");
  }

  /** The name is taken. */
  public static KubeFailure alreadyExists(String group, String plural, String name) {
    return named(409, "AlreadyExists", group, plural, name, "already exists");
  }

  /** Not the version that is stored. */
  public static KubeFailure conflict(String group, String plural, String name) {
    return conflict(
        group,
        plural,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  /** A precondition that does not hold. */
  public static KubeFailure conflict(String group, String plural, String name, String why) {
    return new KubeFailure(
        409,
        "Conflict",
        "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(qualified(group, plural), name, why),
        details(group, plural, name));
  }

  /**
   * A value that is refused.
   *
   * @param field where it stands, for example {@code spec.containers}
   * @param why for example {@code Required value}
   */
  public static KubeFailure invalid(
      String group, String kind, String name, String field, String why) {
    ObjectNode details = details(group, kind, name);
    details
        .putArray("causes")
        .addObject()
        .put("reason", why.startsWith("Required") ? "FieldValueRequired" : "FieldValueInvalid")
        .put("message", why)
        .put("field", field);
    return new KubeFailure(
        422,
        "Invalid",
        "%s \"%s\" is invalid: %s: %s".formatted(qualified(group, kind), name, field, why),
        details);
  }

  /** The caller may not do it. */
  public static KubeFailure forbidden(String group, String plural, String name, String why) {
    String object = name.isEmpty() ? "" : " \"" + name + "\"";
    return new KubeFailure(
        403,
        "Forbidden",
        qualified(group, plural) + object + " is forbidden: " + why,
        details(group, plural, name));
  }

  /** What was asked for is no longer remembered. */
  public static KubeFailure expired(String message) {
    return of(410, "Expired", message);
  }

  /** The request makes no sense. */
  public static KubeFailure badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  /** Nobody may do this with the resource. */
  public static KubeFailure methodNotAllowed() {
    return of(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  /** The body is of a kind that is not read here. */
  public static KubeFailure unsupportedMediaType(String accepted) {
    return of(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: "
            + accepted);
  }

  private static KubeFailure named(
      int code, String reason, String group, String plural, String name, String what) {
    return new KubeFailure(
        code,
        reason,
        "%s \"%s\" %s".formatted(qualified(group, plural), name, what),
        details(group, plural, name));
  }

  private static String qualified(String group, String plural) {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  private static ObjectNode details(String group, String kind, String name) {
    ObjectNode details = Json.object();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    return details.put("kind", kind);
  }

  /** The status of HTTP. */
  public int code() {
    return code;
  }

  /** One word for programs, for example {@code NotFound}; empty if there is none for it. */
  public String reason() {
    return reason;
  }

  /** The object of kind Status that the client gets. */
  public ObjectNode toStatus() {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", getMessage());
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (!details.isEmpty()) {
      status.set("details", details.deepCopy());
    }
    return status.put("code", code);
  }
}
