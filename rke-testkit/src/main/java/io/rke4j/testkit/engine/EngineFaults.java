package io.rke4j.testkit.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Which requests to the engine of a host are to go wrong. Thread-safe. */
public final class EngineFaults {

  private final List<Planned> planned = new ArrayList<>();
  private long requests;

  /**
   * A request.
   *
   * @param method for example {@code POST}
   * @param path without the API's version, for example {@code /containers/create}
   */
  public record EngineRequest(String method, String path) {
    /** Whether it is this one; the path may end before that of the request does. */
    public boolean is(String wantedMethod, String beginOfPath) {
      return method.equals(wantedMethod) && path.startsWith(beginOfPath);
    }
  }

  /** No request goes wrong yet. */
  public EngineFaults() {}

  private static final class Planned {

    private final Predicate<EngineRequest> matching;
    private final EngineFault fault;
    private int before;
    private int left;

    Planned(Predicate<EngineRequest> matching, EngineFault fault, int before, int left) {
      this.matching = matching;
      this.fault = fault;
      this.before = before;
      this.left = left;
    }

    boolean takes(EngineRequest request) {
      if (!matching.test(request)) {
        return false;
      }
      if (before > 0) {
        before--;
        return false;
      }
      return left > 0;
    }
  }

  /** Lets one request go wrong: of those that match, the nth from now, counted from one. */
  public synchronized void nth(int nth, Predicate<EngineRequest> matching, EngineFault fault) {
    planned.add(new Planned(matching, fault, nth - 1, 1));
  }

  /** Lets the nth request that matches, counted from one, and all after it go wrong. */
  public synchronized void from(int nth, Predicate<EngineRequest> matching, EngineFault fault) {
    planned.add(new Planned(matching, fault, nth - 1, Integer.MAX_VALUE));
  }

  /** Lets no further request go wrong. */
  public synchronized void clear() {
    planned.clear();
  }

  /** How many requests there were so far. */
  public synchronized long requests() {
    return requests;
  }

  /** What happens to a request: any number of delays and other events, and at most one end. */
  synchronized List<EngineFault> of(EngineRequest request) {
    requests++;
    List<EngineFault> found = new ArrayList<>();
    for (Planned one : planned) {
      if (one.takes(request)) {
        found.add(one.fault);
        one.left -= one.left == Integer.MAX_VALUE ? 0 : 1;
      }
    }
    planned.removeIf(one -> one.left == 0);
    return found;
  }
}
