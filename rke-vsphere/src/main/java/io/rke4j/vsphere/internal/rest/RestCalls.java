package io.rke4j.vsphere.internal.rest;

import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.web.Web;
import io.rke4j.vsphere.settings.VsphereConnection;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls vCenter's REST service with a session of its own, made when it is first needed and again
 * when vCenter has forgotten it. Thread-safe.
 */
public final class RestCalls {

  private static final String SESSION = "/rest/com/vmware/cis/session";
  private static final Pattern VALUE = Pattern.compile("\"value\"\\s*:\\s*\"([^\"\\\\]+)\"");

  private final Web web;
  private final VsphereConnection connection;
  private volatile String session = "";

  /** Prepares; nobody logs in yet. */
  public RestCalls(Web web, VsphereConnection connection) {
    this.web = web;
    this.connection = connection;
  }

  HttpResponse<byte[]> get(String path) {
    return send(web.request(path).GET());
  }

  HttpResponse<byte[]> post(String path, String json) {
    return post(web.request(path), json);
  }

  /** As {@link #post(String, String)}, for what vCenter only answers when it is done. */
  HttpResponse<byte[]> post(String path, String json, Duration atMost) {
    return post(web.request(path).timeout(atMost), json);
  }

  private HttpResponse<byte[]> post(HttpRequest.Builder request, String json) {
    return send(
        request
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  void expectSuccess(String about, HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return;
    }
    String hint = status == 403 ? "Give the account the privileges that docs/vsphere.md lists" : "";
    throw VsphereException.unanswered(
        about, web.server() + " answered HTTP " + status, hint, status >= 500, null);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    String used = session.isEmpty() ? login("") : session;
    HttpResponse<byte[]> answer = web.send(request.setHeader(HEADER, used).build());
    // A call without a session was not acted on, so it may be repeated.
    return answer.statusCode() == 401
        ? web.send(request.setHeader(HEADER, login(used)).build())
        : answer;
  }

  private static final String HEADER = "vmware-api-session-id";

  private synchronized String login(String forgotten) {
    if (!session.equals(forgotten)) {
      return session;
    }
    String login = connection.user() + ":" + connection.password().reveal();
    String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    HttpResponse<byte[]> answer =
        web.send(
            web.request(SESSION)
                .header("Authorization", "Basic " + basic)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    expectSuccess("login of '" + connection.user() + "' to REST", answer);
    Matcher value = VALUE.matcher(new String(answer.body(), StandardCharsets.UTF_8));
    if (!value.find()) {
      throw VsphereException.unanswered(
          "login to REST", web.server() + " gave no session", "", false, null);
    }
    session = value.group(1);
    return session;
  }
}
