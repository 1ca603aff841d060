package io.rke4j.testkit.kube.controllers;

import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;
import io.rke4j.testkit.kube.threads.KubeThreads;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Stands for kube-controller-manager, kube-scheduler and the kubelets of all nodes. It acts when
 * something changes in the store and never waits for time to pass. One for each store is enough; a
 * second one does no harm, since all of them work one after the other.
 */
public final class KubeControllers implements AutoCloseable {

  private final KubeStore store;
  private final List<Controller> controllers;
  private final ThreadPoolExecutor worker;
  private final Consumer<StoreEvent> listener = this::note;

  private KubeControllers(KubeStore store, List<Controller> controllers) {
    this.store = store;
    this.controllers = controllers;
    this.worker = KubeThreads.pool("kube-controllers", 1);
  }

  /** Starts to bring a cluster in order, with pods that do what is usual for them. */
  public static KubeControllers start(KubeStore store) {
    return start(store, PodBehaviour.usual());
  }

  /**
   * Starts to bring a cluster in order.
   *
   * @param behaviour what the containers of pods do
   */
  public static KubeControllers start(KubeStore store, PodBehaviour behaviour) {
    KubeControllers started =
        new KubeControllers(
            store,
            List.of(
                new ServiceAccounts(),
                new Definitions(),
                new NamespaceRemoval(),
                new GarbageCollection(),
                new Jobs(),
                new Deployments(),
                new ReplicaSets(),
                new DaemonSets(),
                new Scheduling(),
                new Kubelets(behaviour)));
    store.watch(store.revision(), started.listener);
    started.catchUp();
    return started;
  }

  /** What was there before is treated as if it had just come. */
  private void catchUp() {
    store.atomically(
        locked -> {
          locked
              .distinctTypes()
              .forEach(
                  type ->
                      locked
                          .list(type, "")
                          .items()
                          .forEach(
                              object ->
                                  note(
                                      new StoreEvent(
                                          StoreEvent.Change.ADDED,
                                          type.collection(),
                                          object,
                                          java.util.Optional.empty(),
                                          locked.revision()))));
          return true;
        });
  }

  private void note(StoreEvent event) {
    try {
      worker.execute(() -> react(event));
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: nobody brings anything in order any more.
      store.unwatch(listener);
    }
  }

  private void react(StoreEvent event) {
    each((controller, locked) -> controller.react(locked, event));
    if (worker.getQueue().isEmpty()) {
      each(Controller::settle);
    }
  }

  private void each(BiConsumer<Controller, KubeStore> work) {
    for (Controller controller : controllers) {
      store.atomically(
          locked -> {
            try {
              work.accept(controller, locked);
            } catch (KubeFailure e) {
              // Somebody deleted meanwhile what it was about; that is an event of its own.
              if (e.code() != 404 && e.code() != 409 && e.code() != 403) {
                throw e;
              }
            }
            return true;
          });
    }
  }

  /**
   * Waits until everything that happened before this call has been dealt with, and what came of it.
   *
   * @return false if that took longer than the limit
   */
  public boolean awaitQuiet(long limit, TimeUnit unit) throws InterruptedException {
    long deadline = System.nanoTime() + unit.toNanos(limit);
    while (true) {
      long before = store.revision();
      CountDownLatch reached = new CountDownLatch(1);
      worker.execute(
          () -> {
            each(Controller::settle);
            reached.countDown();
          });
      if (!reached.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return false;
      }
      if (worker.getQueue().isEmpty() && store.revision() == before) {
        return true;
      }
    }
  }

  /** Brings nothing in order any more. */
  @Override
  public void close() {
    store.unwatch(listener);
    worker.shutdown();
  }
}
