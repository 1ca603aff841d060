package io.rke4j.testkit.kube.api;

import io.rke4j.testkit.kube.resource.Release;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.Part;
import java.util.Optional;

/** Finds who answers a request, once the caller is known to be allowed it. */
final class Routes {

  private final KubeStore store;
  private final Authorization authorization;
  private final Discovery discovery;
  private final Listing listing;
  private final Writing writing;
  private final Patching patching;
  private final Deleting deleting;
  private final Subresources subresources;
  private final AccessReviews reviews;
  private final Etcd etcd;
  private final Health health;

  Routes(KubeStore store, Release release, Authorization authorization, Etcd etcd) {
    this.store = store;
    this.authorization = authorization;
    this.discovery = new Discovery(store, release);
    this.listing = new Listing(store);
    this.writing = new Writing(store);
    this.patching = new Patching(store);
    this.deleting = new Deleting(store);
    this.subresources = new Subresources(store);
    this.reviews = new AccessReviews(authorization);
    this.etcd = etcd;
    this.health = new Health(etcd);
  }

  Answer answer(ApiRequest request, Caller caller) {
    Optional<Target> target = Target.parse(request.path(), store.types());
    return target.isPresent() ? onResource(target.get(), request, caller) : onPath(request, caller);
  }

  private Answer onPath(ApiRequest request, Caller caller) {
    String path = request.path();
    allow(caller, Action.onPath("get", path), Optional.empty());
    if (Health.isAskedBy(path)) {
      return health.answer(request);
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
    if (!isCached(target, request)) {
      etcd.require();
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

  /** Changes, and whatever may be as old as the caller likes, come from the server's own cache. */
  private static boolean isCached(Target target, ApiRequest request) {
    return target.verb(request).equals("watch")
        || (request.method().equals("GET") && "0".equals(request.query().get("resourceVersion")));
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
