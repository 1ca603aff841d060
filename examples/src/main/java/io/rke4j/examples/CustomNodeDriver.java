package io.rke4j.examples;

import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A driver of one's own: it hands out the hosts of a rack, and keeps a book of who has which. */
public record CustomNodeDriver(List<Machine> rack, Path book) implements NodeDriver {

  // tag::driver[]
  @Override
  public List<SpecProblem> check(NodeSpec node) { // before anything is made; nodes with machine(…)
    return node.machine() instanceof VirtualMachine
        ? List.of()
        : List.of(new SpecProblem("node " + node.name(), "is a host that is there", ""));
  }

  @Override
  public Optional<Machine> find(NodeSpec node) { // also after a restart
    return rack.stream()
        .filter(host -> owner(host).equals(node.name().value()))
        .findFirst()
        .map(host -> host.named(node.name()));
  }

  @Override
  public synchronized Machine create(NodeSpec node, OperationContext context) {
    if (find(node).isEmpty()) {
      Machine spare =
          rack.stream()
              .filter(host -> owner(host).isEmpty())
              .findFirst()
              .orElseThrow(
                  () -> ProviderException.permanentFailure("the rack is full", "Buy one", null));
      context.progress(0.5, node.name() + " gets " + spare.address());
      write(spare, node.name().value());
    }
    return find(node).orElseThrow();
  }

  @Override
  public void destroy(NodeSpec node, OperationContext context) { // where there is none, do nothing
    find(node).ifPresent(host -> write(host, "")); // a real rack would wipe the host
  }

  // end::driver[]

  private String owner(Machine host) {
    try {
      Path entry = book.resolve(host.address());
      return Files.exists(entry) ? Files.readString(entry) : "";
    } catch (IOException e) {
      throw ProviderException.transientFailure("the book cannot be read", "Look after it", e);
    }
  }

  private void write(Machine host, String owner) {
    try {
      Files.writeString(Files.createDirectories(book).resolve(host.address()), owner);
    } catch (IOException e) {
      throw ProviderException.transientFailure("the book cannot be written", "Look after it", e);
    }
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
