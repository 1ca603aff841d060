package io.rke4j.vsphere.internal.rest;

import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.vim.Files;
import io.rke4j.vsphere.internal.web.Web;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Uploads by the {@code /folder} service, with the session of SOAP. Thread-safe. */
public final class DatastoreFiles implements Files {

  private final Web web;
  private final Supplier<String> cookie;

  /**
   * @param web the way to vCenter
   * @param cookie the cookie of a session that is alive
   */
  public DatastoreFiles(Web web, Supplier<String> cookie) {
    this.web = web;
    this.cookie = cookie;
  }

  @Override
  public void upload(String datacenterPath, String path, byte[] content) {
    int end = path.indexOf("] ");
    if (!path.startsWith("[") || end < 0) {
      throw new IllegalArgumentException("'" + path + "' is no path in a datastore");
    }
    String url =
        "/folder/"
            + encoded(path.substring(end + 2)).replace("%2F", "/")
            + "?dcPath="
            + encoded(datacenterPath)
            + "&dsName="
            + encoded(path.substring(1, end));
    HttpResponse<byte[]> answer =
        web.send(
            web.request(url)
                .header("Cookie", cookie.get())
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .build());
    int status = answer.statusCode();
    if (status < 200 || status > 299) {
      throw VsphereException.unanswered(
          "file " + path,
          "upload was answered with HTTP " + status,
          "Check that the account has Datastore.FileManagement there, and that there is space",
          status >= 500,
          null);
    }
  }

  private static String encoded(String text) {
    // The encoder is made for forms, where a blank is a plus sign; in paths it is none.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
