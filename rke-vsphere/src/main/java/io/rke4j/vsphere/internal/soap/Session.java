package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ServiceContent;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.settings.VsphereConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/**
 * A login that stays: it is kept alive while nobody calls, and made again when vCenter has
 * forgotten it. That is safe for every call, since one without a session was not acted on.
 * Thread-safe.
 */
final class Session implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  // vCenter forgets a session after 30 idle minutes unless its administrator says otherwise.
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

  private final SoapCalls calls;
  private final VsphereConnection connection;
  private final ServiceContent content;
  private final ScheduledExecutorService clock;
  private final ScheduledFuture<?> keepAlive;

  Session(SoapCalls calls, Decoder decoder, VsphereConnection connection) {
    this.calls = calls;
    this.connection = connection;
    this.content = content(decoder);
    login();
    this.clock = Executors.newSingleThreadScheduledExecutor(Session::thread);
    long seconds = KEEP_ALIVE.toSeconds();
    this.keepAlive = clock.scheduleWithFixedDelay(this::touch, seconds, seconds, TimeUnit.SECONDS);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "rke-vsphere-session");
    thread.setDaemon(true);
    return thread;
  }

  ServiceContent content() {
    return content;
  }

  /** Calls a method; after a new login once more, if the session was forgotten. */
  List<Element> call(
      String about, String method, ManagedObjectReference self, Argument... arguments) {
    List<Argument> all = new ArrayList<>();
    all.add(new Argument("_this", self));
    all.addAll(List.of(arguments));
    String before = calls.cookie();
    try {
      return calls.call(method, all);
    } catch (FaultAnswer answer) {
      if (!answer.type().equals("NotAuthenticated")) {
        throw Faults.error(about, answer);
      }
    }
    renew(before);
    try {
      return calls.call(method, all);
    } catch (FaultAnswer answer) {
      throw Faults.error(about, answer);
    }
  }

  /** Whether vCenter still knows the session; a new one is made if not. */
  void ensureAlive() {
    call(calls.server(), "CurrentTime", reference("ServiceInstance", "ServiceInstance"));
  }

  private synchronized void renew(String before) {
    // Another thread may have been faster.
    if (calls.cookie().equals(before)) {
      LOG.info("{} has forgotten the session, logging in again", calls.server());
      login();
    }
  }

  private void touch() {
    try {
      ensureAlive();
    } catch (RuntimeException e) {
      // Whoever calls next hears of it, and can do something.
      LOG.debug("{} cannot be kept alive", calls.server(), e);
    }
  }

  private void login() {
    try {
      calls.call(
          "Login",
          List.of(
              new Argument("_this", content.getSessionManager()),
              new Argument("userName", connection.user()),
              new Argument("password", connection.password().reveal())));
    } catch (FaultAnswer answer) {
      throw Faults.error("login of '" + connection.user() + "' to " + calls.server(), answer);
    }
  }

  private ServiceContent content(Decoder decoder) {
    try {
      List<Element> answer =
          calls.call(
              "RetrieveServiceContent",
              List.of(new Argument("_this", reference("ServiceInstance", "ServiceInstance"))));
      if (!answer.isEmpty()
          && decoder.value(ServiceContent.class, answer.get(0)) instanceof ServiceContent found
          && found.getSessionManager() != null) {
        return found;
      }
    } catch (FaultAnswer answer) {
      throw Faults.error(calls.server(), answer);
    } catch (IOException e) {
      throw VsphereException.unanswered(
          calls.server(), "cannot be understood", "Check that this is vCenter", false, e);
    }
    throw VsphereException.unusable(
        calls.server(), "does not say what it serves", "Check that this is vCenter");
  }

  static ManagedObjectReference reference(String type, String id) {
    ManagedObjectReference reference = new ManagedObjectReference();
    reference.setType(type);
    reference.setVal(id);
    return reference;
  }

  @Override
  public void close() {
    keepAlive.cancel(false);
    clock.shutdownNow();
    try {
      calls.call("Logout", List.of(new Argument("_this", content.getSessionManager())));
    } catch (FaultAnswer | VsphereException e) {
      LOG.debug("no logout from {}", calls.server(), e);
    }
  }
}
