package io.rke4j.testkit.kube.api;

import com.sun.net.httpserver.HttpExchange;
import io.rke4j.testkit.kube.threads.KubeThreads;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** All watches of one API server, with the few threads that they share. */
final class Watches implements AutoCloseable {

  private static final int THREADS = 4;
  private static final int BOOKMARK_SECONDS = 60;

  private final ThreadPoolExecutor workers;
  private final ScheduledThreadPoolExecutor timer;
  private final Set<Watch> open = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<Watch, List<ScheduledFuture<?>>> appointments =
      new ConcurrentHashMap<>();

  Watches(String name) {
    workers = KubeThreads.pool(name + "-watch", THREADS);
    timer = KubeThreads.timer(name + "-timer");
  }

  void start(HttpExchange exchange, WatchRequest request) throws IOException {
    Watch watch = new Watch(exchange, request, workers, this::forget);
    open.add(watch);
    watch.start();
    try {
      // In milliseconds, a little less than what the client waits for.
      long limit = request.limit().toMillis();
      appointments.put(
          watch,
          List.of(
              timer.schedule(() -> bookmarkAndEnd(watch), limit, TimeUnit.MILLISECONDS),
              timer.scheduleAtFixedRate(
                  watch::bookmark, BOOKMARK_SECONDS, BOOKMARK_SECONDS, TimeUnit.SECONDS)));
    } catch (RejectedExecutionException e) {
      watch.end();
    }
    if (!open.contains(watch)) {
      forget(watch);
    }
  }

  private static void bookmarkAndEnd(Watch watch) {
    watch.bookmark();
    watch.end();
  }

  private void forget(Watch watch) {
    open.remove(watch);
    List<ScheduledFuture<?>> planned = appointments.remove(watch);
    if (planned != null) {
      planned.forEach(one -> one.cancel(false));
    }
  }

  /** How many there are. */
  int count() {
    return open.size();
  }

  @Override
  public void close() {
    open.forEach(Watch::end);
    timer.shutdownNow();
    workers.shutdown();
  }
}
