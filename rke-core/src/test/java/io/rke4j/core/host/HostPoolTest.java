package io.rke4j.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.EngineFacts;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostPoolTest {

  private static final NodeSpec NODE =
      new NodeSpec(
          NodeName.of("w-1"),
          Set.of(Role.WORKER),
          new VirtualMachine(2, "4Gi", "20Gi"),
          Map.of(),
          List.of());

  private static final Machine MACHINE =
      new Machine(
          NODE.name(),
          "10.0.0.11",
          "10.0.0.11",
          new SshAccess("rke", 22, new SshKey.Inline(Secret.of("key"))),
          "/var/run/docker.sock");

  private final List<String> closed = new ArrayList<>();

  @Test
  void aConnectionIsClosedBeforeItsClientWhichWouldSayFarewellInEveryStreamItHasKept() {
    try (HostPool pool =
        new HostPool(
            List.of(NODE),
            node -> Optional.of(MACHINE),
            machine -> closing(NodeConnection.class, "connection"),
            (machine, connection) -> closing(ContainerRuntime.class, "client"),
            Optional::empty,
            (node, facts) -> {})) {
      pool.open(NODE.name());
      assertThat(closed).isEmpty();
    }
    assertThat(closed).containsExactly("connection", "client");
  }

  private <T> T closing(Class<T> type, String name) {
    return type.cast(
        Proxy.newProxyInstance(
            HostPoolTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "isOpen" -> true;
                  case "facts" ->
                      new EngineFacts(
                          "20.10.24", "Debian", "x86_64", "/var/lib/docker", "systemd", List.of());
                  case "close" -> {
                    closed.add(name);
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                }));
  }
}
