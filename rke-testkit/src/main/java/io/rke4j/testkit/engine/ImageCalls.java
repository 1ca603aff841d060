package io.rke4j.testkit.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.container.DockerHost;
import io.rke4j.testkit.container.EngineRefusal;
import io.rke4j.testkit.container.Ids;
import io.rke4j.testkit.container.Image;
import io.rke4j.testkit.container.ImageName;
import io.rke4j.testkit.container.Json;
import io.rke4j.testkit.host.EngineRelease;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;

/** Images: looking at them, pulling, naming and removing. */
record ImageCalls(DockerHost host) {

  void addTo(Router router) {
    router
        .on("GET", "/images/json", this::list)
        .on("POST", "/images/create", this::pull)
        .on("GET", "/images/{*}/json", call -> call.ok(json(inspected(call), call.api())))
        .on("GET", "/images/{*}/history", this::history)
        .on("POST", "/images/{*}/tag", this::tag)
        .on("DELETE", "/images/{*}", this::remove)
        .on("GET", "/distribution/{*}/json", this::distribution);
  }

  private void list(Call call) throws IOException {
    Filters filters = Filters.of(call);
    ArrayNode list = Json.array();
    for (Image image : host.images().all()) {
      if (filters.allows("reference", image.name(), ImageCalls::matches)) {
        ObjectNode entry =
            list.addObject()
                .put("Id", image.id())
                .put("ParentId", "")
                .put("Created", image.pulled().getEpochSecond())
                .put("Size", Image.SIZE)
                .put("SharedSize", -1)
                .put("Containers", -1);
        if (call.api() < EngineRelease.WITHOUT_VIRTUAL_SIZE) {
          entry.put("VirtualSize", Image.SIZE);
        }
        entry.set("RepoTags", Json.array(tags(image)));
        entry.set("RepoDigests", Json.array(List.of(image.repository() + "@" + image.digest())));
        entry.putNull("Labels");
      }
    }
    call.ok(list);
  }

  private static boolean matches(String name, String wanted) {
    String pattern = wanted.replace(".", "\\.").replace("*", "[^/]*");
    return name.matches(pattern) || name.matches(pattern + ":.*");
  }

  private static List<String> tags(Image image) {
    return image.name().contains("@") ? List.of() : List.of(image.name());
  }

  private Image inspected(Call call) {
    EngineRelease engine = host.machine().facts().engine();
    String name = call.name();
    return host.images()
        .find(name)
        .orElseThrow(
            () ->
                engine.speaksPlainly()
                    ? EngineRefusal.noImage(ImageName.parse(name).toString())
                    : EngineRefusal.notFound(
                        "no such image: " + name + ": No such image: " + name));
  }

  private ObjectNode json(Image image, int api) {
    ObjectNode json =
        Json.object()
            .put("Id", image.id())
            .put("Parent", "")
            .put("Comment", "")
            .put("Created", "2022-01-01T00:00:00Z")
            .put("DockerVersion", host.machine().facts().engine().version())
            .put("Author", "")
            .put("Architecture", "amd64")
            .put("Os", "linux")
            .put("Size", Image.SIZE);
    if (api < EngineRelease.WITHOUT_VIRTUAL_SIZE) {
      json.put("VirtualSize", Image.SIZE);
    }
    if (api < EngineRelease.WITHOUT_CONTAINER_CONFIG) {
      json.put("Container", "").set("ContainerConfig", image.config());
    }
    json.set("RepoTags", Json.array(tags(image)));
    json.set("RepoDigests", Json.array(List.of(image.repository() + "@" + image.digest())));
    json.set("Config", image.config());
    json.putObject("GraphDriver").put("Name", "overlay2").putNull("Data");
    json.putObject("RootFS")
        .put("Type", "layers")
        .set("Layers", Json.array(List.of(image.layer())));
    json.putObject("Metadata").put("LastTagTime", image.pulled().toString());
    return json;
  }

  private void pull(Call call) throws IOException {
    String from = call.parameter("fromImage");
    if (from.isEmpty()) {
      throw EngineRefusal.badRequest("a simulated engine imports no images");
    }
    String tag = call.parameter("tag");
    String separator = tag.startsWith("sha256:") ? "@" : ":";
    ImageName name = ImageName.parse(tag.isEmpty() ? from : from + separator + tag);
    try {
      boolean isNew = host.pull(name, login(call));
      try (OutputStream out = call.stream("application/json")) {
        progress(out, name, isNew);
      }
    } catch (EngineRefusal e) {
      if (!e.isLate()) {
        throw e;
      }
      try (OutputStream out = call.stream("application/json")) {
        brokenOff(out, name, e);
      }
    }
  }

  private static ObjectNode login(Call call) {
    String header = call.request().header("X-Registry-Auth");
    if (header.isEmpty()) {
      return Json.object();
    }
    try {
      String url = header.replace('+', '-').replace('/', '_').replaceAll("=+$", "");
      return Json.parse(Base64.getUrlDecoder().decode(url));
    } catch (IllegalArgumentException e) {
      throw EngineRefusal.badRequest("the login cannot be read");
    }
  }

  /** The status has said that all is well, so the failure is the last line of the progress. */
  private static void brokenOff(OutputStream out, ImageName name, EngineRefusal why)
      throws IOException {
    begin(out, name);
    String layer = download(out, name);
    if (why.isAfterDownload()) {
      say(out, Json.object().put("status", "Verifying Checksum").put("id", layer));
    }
    ObjectNode line = Json.object();
    line.putObject("errorDetail").put("message", why.words());
    say(out, line.put("error", why.words()));
  }

  private static void begin(OutputStream out, ImageName name) throws IOException {
    String tag = name.digest().isEmpty() ? name.tag() : name.digest();
    say(out, Json.object().put("status", "Pulling from " + name.repository()).put("id", tag));
  }

  private static String download(OutputStream out, ImageName name) throws IOException {
    String layer = Ids.shortened(Ids.of("layer " + name));
    say(out, Json.object().put("status", "Pulling fs layer").put("id", layer));
    for (long done : new long[] {Image.SIZE / 2, Image.SIZE}) {
      ObjectNode line = Json.object().put("status", "Downloading").put("id", layer);
      line.putObject("progressDetail").put("current", done).put("total", Image.SIZE);
      say(out, line);
    }
    return layer;
  }

  private void progress(OutputStream out, ImageName name, boolean isNew) throws IOException {
    begin(out, name);
    if (isNew) {
      String layer = download(out, name);
      say(out, Json.object().put("status", "Pull complete").put("id", layer));
    }
    String digest = host.images().require(name.toString()).digest();
    say(out, Json.object().put("status", "Digest: " + digest));
    String end = isNew ? "Status: Downloaded newer image for " : "Status: Image is up to date for ";
    say(out, Json.object().put("status", end + name));
  }

  private static void say(OutputStream out, ObjectNode line) throws IOException {
    out.write(Json.bytes(line));
    out.write('\n');
  }

  private void history(Call call) throws IOException {
    Image image = host.images().require(call.name());
    ArrayNode history = Json.array();
    ObjectNode layer =
        history
            .addObject()
            .put("Id", image.id())
            .put("Created", image.pulled().getEpochSecond())
            .put("CreatedBy", "simulated")
            .put("Size", Image.SIZE)
            .put("Comment", "");
    layer.set("Tags", Json.array(tags(image)));
    call.ok(history);
  }

  private void tag(Call call) throws IOException {
    String tag = call.parameter("tag");
    host.images()
        .tag(
            call.name(),
            ImageName.parse(call.parameter("repo") + (tag.isEmpty() ? "" : ":" + tag)));
    call.empty(201);
  }

  private void remove(Call call) throws IOException {
    Image image = host.images().require(call.name());
    boolean used =
        host.containers().all().stream().anyMatch(it -> it.image().id().equals(image.id()));
    if (used && !call.flag("force")) {
      throw EngineRefusal.conflict(
          "conflict: unable to remove repository reference \""
              + call.name()
              + "\" (must force) - a container is using its referenced image "
              + Ids.shortened(image.id().substring("sha256:".length())));
    }
    host.images().remove(call.name());
    ArrayNode gone = Json.array();
    gone.addObject().put("Untagged", image.name());
    gone.addObject().put("Deleted", image.id());
    call.ok(gone);
  }

  private void distribution(Call call) throws IOException {
    Image image = host.images().ask(ImageName.parse(call.name()), login(call));
    ObjectNode json = Json.object();
    json.putObject("Descriptor")
        .put("MediaType", "application/vnd.docker.distribution.manifest.v2+json")
        .put("Digest", image.digest())
        .put("Size", 1024);
    json.putArray("Platforms").addObject().put("Architecture", "amd64").put("OS", "linux");
    call.ok(json);
  }
}
