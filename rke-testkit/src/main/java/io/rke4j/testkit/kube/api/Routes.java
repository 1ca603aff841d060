package io.rke4j.testkit.kube.api;

import io.rke4j.testkit.kube.resource.Release;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.Part;
import java.util.Optional;
import java.util.Set;

/** Finds who answers a request, once the caller is known to be allowed it. */
final class Routes {

  private static final Set<String> HEALTH = Set.of("healthz", "livez", "readyz");

  private final KubeStore store;
  private final Authorization authorization;
  private final Discovery discovery;
  private final Listing listing;
  private final Writing writing;
  private final Patching patching;
  private final Deleting deleting;
  private final Subresources subresources;
  private final AccessReviews reviews;

  Routes(KubeStore store, Release release, Authorization authorization) {
    this.store = store;
    this.authorization = authorization;
    this.discovery = new Discovery(store, release);
    this.listing = new Listing(store);
    this.writing = new Writing(store);
    this.patching = new Patching(store);
    this.deleting = new Deleting(store);
    this.subresources = new Subresources(store);
    this.reviews = new AccessReviews(authorization);
  }

  Answer answer(ApiRequest request, Caller caller) {
    Optional<Target> target = Target.parse(request.path(), store.types());
    return target.isPresent() ? onResource(target.get(), request, caller) : onPath(request, caller);
  }

  private Answer onPath(ApiRequest request, Caller caller) {
    String path = request.path();
    allow(caller, Action.onPath("get", path), Optional.empty());
    String first = path.substring(1).split("/", 2)[0];
    if (HEALTH.contains(first)) {
      return health(request, first);
    }
    if (path.equals("/openapi/v2")) {
      return request.accept().contains("protobuf")
          ? new Answer.Description(store.types())
          : Answer.json(200, OpenApi.json(store.types()));
    }
    return discovery
        .at(path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path)
        .map(found -> Answer.json(200, found))
        .orElseThrow(KubeFailure::noSuchPath);
  }

  private static Answer health(ApiRequest request, String which) {
    return Answer.text(
        request.query().containsKey("verbose")
            ? "[+]ping ok\n[+]log ok\n[+]etcd ok\n" + which + " check passed\n"
            : "ok");
  }

  private void allow(Caller caller, Action action, Optional<Target> target) {
    if (authorization.allows(caller, action)) {
      return;
    }
    String why = action.refusal(caller.name());
    throw target
        .map(one -> KubeFailure.forbidden(one.type().group(), one.type().plural(), one.name(), why))
        .orElseGet(() -> KubeFailure.of(403, "Forbidden", "forbidden: " + why));
  }

  private Answer onResource(Target target, ApiRequest request, Caller caller) {
    allow(caller, target.action(request), Optional.of(target));
    if (AccessReviews.concerns(target) && request.method().equals("POST")) {
      return reviews.answer(target, request, caller);
    }
    if (!target.subresource().isEmpty()) {
      return subresources.answer(target, request);
    }
    return switch (target.verb(request)) {
      case "get" -> listing.get(target, request);
      case "list" -> listing.list(target, request);
      case "watch" -> new Answer.Live(new WatchRequest(store, target, request));
      case "create" -> create(target, request);
      case "update" -> writing.replace(named(target), request, Part.MAIN);
      case "patch" -> patching.patch(named(target), request, Part.MAIN);
      case "delete" -> deleting.delete(target, request);
      case "deletecollection" -> deleting.deleteAll(target, request);
      default -> throw KubeFailure.methodNotAllowed();
    };
  }

  private Answer create(Target target, ApiRequest request) {
    if (!target.name().isEmpty()) {
      throw KubeFailure.methodNotAllowed();
    }
    return writing.create(target, request);
  }

  private static Target named(Target target) {
    if (target.name().isEmpty()) {
      throw KubeFailure.methodNotAllowed();
    }
    return target;
  }
}
