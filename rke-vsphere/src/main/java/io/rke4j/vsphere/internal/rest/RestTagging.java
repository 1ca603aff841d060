package io.rke4j.vsphere.internal.rest;

import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.json.Json;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.Tagging;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tags by vCenter's REST service. Thread-safe. */
public final class RestTagging implements Tagging {

  private static final String ROOT = "/rest/com/vmware/cis/tagging/";
  private static final Pattern QUOTED = Pattern.compile("\"(urn:[^\"\\\\]*)\"");

  private final RestCalls calls;

  /** Tags of the vCenter that is called. */
  public RestTagging(RestCalls calls) {
    this.calls = calls;
  }

  @Override
  public boolean exists(String tag) {
    HttpResponse<byte[]> answer = calls.get(ROOT + "tag/id:" + encoded(tag));
    if (answer.statusCode() == 404 || answer.statusCode() == 400) {
      return false;
    }
    calls.expectSuccess("tag " + tag, answer);
    return true;
  }

  @Override
  public Set<String> of(ObjectId object) {
    HttpResponse<byte[]> answer =
        calls.post(ROOT + "tag-association?~action=list-attached-tags", about(object));
    calls.expectSuccess("tags of " + object.id(), answer);
    Matcher found = QUOTED.matcher(new String(answer.body(), StandardCharsets.UTF_8));
    Set<String> tags = new HashSet<>();
    while (found.find()) {
      tags.add(found.group(1));
    }
    return tags;
  }

  @Override
  public void attach(String tag, ObjectId object) {
    String path = ROOT + "tag-association/id:" + encoded(tag) + "?~action=attach";
    HttpResponse<byte[]> answer = calls.post(path, about(object));
    if (answer.statusCode() == 404) {
      throw VsphereException.unusable("tag " + tag, "does not exist", "Check the id of the tag");
    }
    calls.expectSuccess("tag " + tag, answer);
  }

  private static String about(ObjectId object) {
    return Json.write(Map.of("object_id", Map.of("id", object.id(), "type", object.kind())));
  }

  private static String encoded(String tag) {
    return URLEncoder.encode(tag, StandardCharsets.UTF_8);
  }
}
