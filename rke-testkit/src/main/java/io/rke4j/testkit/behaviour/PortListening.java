package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.host.PortService;
import java.io.IOException;
import java.util.List;

/** {@code nc -kl -p PORT}: answers at a port, so that others can see that they get there. */
final class PortListening extends Program {

  static boolean isMeant(ContainerProcess process) {
    List<String> words = process.settings().arguments();
    return words.size() > 2 && words.get(0).equals("nc") && words.get(1).contains("l");
  }

  @Override
  public void start(ContainerProcess process) {
    List<String> words = process.settings().arguments();
    int option = words.indexOf("-p");
    int port = Integer.parseInt(words.get(option + 1));
    try {
      process.listen(port, PortService.SILENT);
    } catch (IOException e) {
      process.err("nc: bind: Address in use");
      process.exit(1);
    }
  }
}
