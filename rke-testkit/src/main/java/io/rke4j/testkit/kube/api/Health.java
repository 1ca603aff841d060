package io.rke4j.testkit.kube.api;

import java.util.Map;
import java.util.Set;

/**
 * What an API server says of itself at {@code /healthz}, {@code /livez} and {@code /readyz}, and at
 * {@code /healthz/etcd} and so on of its parts.
 */
record Health(Etcd etcd) {

  private static final Set<String> PATHS = Set.of("healthz", "livez", "readyz");

  static boolean isAskedBy(String path) {
    return PATHS.contains(first(path));
  }

  private static String first(String path) {
    return path.substring(1).split("/", 2)[0];
  }

  Answer answer(ApiRequest request) {
    String part = request.path().substring(first(request.path()).length() + 1);
    if (part.equals("/etcd")) {
      return etcd.isHealthy()
          ? Answer.text("ok")
          : failed(
              "internal server error: error getting data from etcd: context deadline exceeded\n");
    }
    boolean isOfAll = part.isEmpty() || part.equals("/");
    return isOfAll ? ofAll(request) : Answer.text("ok");
  }

  private Answer ofAll(ApiRequest request) {
    boolean looksAtEtcd = !"etcd".equals(request.query().get("exclude"));
    boolean healthy = !looksAtEtcd || etcd.isHealthy();
    if (healthy && !request.query().containsKey("verbose")) {
      return Answer.text("ok");
    }
    String lines =
        "[+]ping ok\n[+]log ok\n"
            + (healthy ? "[+]etcd ok\n" : "[-]etcd failed: reason withheld\n")
            + first(request.path());
    return healthy ? Answer.text(lines + " check passed\n") : failed(lines + " check failed\n");
  }

  private static Answer failed(String text) {
    return new Answer.Whole(
        500, "text/plain; charset=utf-8", text, Map.of("X-Content-Type-Options", "nosniff"));
  }
}
