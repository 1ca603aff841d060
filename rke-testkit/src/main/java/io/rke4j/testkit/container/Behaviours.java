package io.rke4j.testkit.container;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Chooses what containers do, by what they are. The last one added has the first word. */
public final class Behaviours {

  private final List<Choice> choices = new CopyOnWriteArrayList<>();

  private record Choice(Predicate<ContainerProcess> fits, Behaviour behaviour) {}

  /** Containers that nothing is known of behave like this one. */
  public Behaviours(Behaviour usual) {
    choices.add(new Choice(process -> true, usual));
  }

  /** Adds one for the containers that fit. */
  public Behaviours add(Predicate<ContainerProcess> fits, Behaviour behaviour) {
    choices.add(0, new Choice(fits, behaviour));
    return this;
  }

  /** Adds one for containers with a name. */
  public Behaviours named(String name, Behaviour behaviour) {
    return add(process -> process.name().equals(name), behaviour);
  }

  /** The one for a container. */
  public Behaviour of(ContainerProcess process) {
    return choices.stream()
        .filter(choice -> choice.fits().test(process))
        .findFirst()
        .orElseThrow()
        .behaviour();
  }
}
