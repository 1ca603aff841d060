package io.rke4j.testkit.host;

import java.io.IOException;
import java.net.Socket;

/** What answers at a port of a simulated host. */
@FunctionalInterface
public interface PortService {

  /** Takes connections and closes them. */
  PortService SILENT = socket -> {};

  /** Serves one connection on a thread of its own; it is closed afterwards. */
  void serve(Socket connection) throws IOException;
}
