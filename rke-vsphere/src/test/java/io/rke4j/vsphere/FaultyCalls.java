package io.rke4j.vsphere;

import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.vim.Files;
import io.rke4j.vsphere.internal.vim.Library;
import io.rke4j.vsphere.internal.vim.Tagging;
import io.rke4j.vsphere.internal.vim.VCenter;
import io.rke4j.vsphere.internal.vim.Vim;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A vCenter whose connection breaks for good at one of the calls that change something: either the
 * call does not arrive, or its answer does not. Where it breaks between two of them makes no
 * difference to what is left behind.
 */
final class FaultyCalls {

  private static final Set<String> CHANGING =
      Set.of(
          "clone",
          "reconfigure",
          "powerOn",
          "powerOff",
          "destroy",
          "deleteFile",
          "setAttribute",
          "cancel",
          "upload",
          "attach",
          "deploy");

  private final AtomicInteger left;
  private final boolean arrives;

  /**
   * @param calls how many of them are answered
   * @param arrives whether vCenter still acts on the one after them
   */
  FaultyCalls(int calls, boolean arrives) {
    this.left = new AtomicInteger(calls);
    this.arrives = arrives;
  }

  VCenter over(VCenter real) {
    return new VCenter(
        over(Vim.class, real.vim()),
        over(Files.class, real.files()),
        over(Tagging.class, real.tagging()),
        over(Library.class, real.library()));
  }

  /** Whether all calls were answered. */
  boolean held() {
    return left.get() >= 0;
  }

  private <T> T over(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              boolean changing = CHANGING.contains(method.getName());
              int remaining = changing ? left.decrementAndGet() : left.get();
              try {
                if (!changing && remaining < 0) {
                  throw lost(method.getName());
                }
                if (remaining < -1 || (remaining == -1 && !arrives)) {
                  throw lost(method.getName());
                }
                Object answer = method.invoke(real, arguments);
                if (changing && remaining == -1) {
                  throw lost(method.getName());
                }
                return answer;
              } catch (InvocationTargetException e) {
                Throwable cause = e.getCause();
                throw cause == null ? e : cause;
              }
            }));
  }

  private static VsphereException lost(String method) {
    return VsphereException.unanswered("test", method + " was lost", "", true, null);
  }
}
