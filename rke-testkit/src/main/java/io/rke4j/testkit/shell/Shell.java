package io.rke4j.testkit.shell;

import io.rke4j.testkit.shell.Command.Redirection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs scripts in the language of {@code sh}, as far as scripts of provisioners use it: lists,
 * conditions, loops over words, pipes, redirections, substitutions, work in the background. For one
 * thread, except for what it runs in the background.
 */
public final class Shell {

  private static final int FAILED = 1;

  private final Programs programs;
  private final Map<String, String> variables;
  private final List<CompletableFuture<Void>> background = new ArrayList<>();
  private int last;

  /** A shell that finds these programs. */
  public Shell(Programs programs) {
    this(programs, programs.variables());
  }

  private Shell(Programs programs, Map<String, String> variables) {
    this.programs = programs;
    this.variables = new ConcurrentHashMap<>(variables);
  }

  private static final class Exit extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    Exit(int code) {
      super(null, null, false, false);
      this.code = code;
    }
  }

  private static final class Break extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Break() {
      super(null, null, false, false);
    }
  }

  /**
   * Runs a script to its end.
   *
   * @return its exit code
   * @throws ScriptException if it cannot be read, or wants a program that nothing is known of; what
   *     comes before that program was done
   */
  public int run(String script, Streams streams) {
    Command command = Parser.parse(script);
    try {
      return run(command, streams);
    } catch (Exit e) {
      return e.code;
    }
  }

  private int run(Command command, Streams streams) {
    if (command instanceof Command.Simple simple) {
      last = simple(simple, streams);
    } else if (command instanceof Command.Pipeline pipeline) {
      last = pipeline(pipeline.parts(), streams);
    } else if (command instanceof Command.Conditional two) {
      boolean isGood = run(two.first(), streams) == 0;
      last = isGood == two.ifGood() ? run(two.second(), streams) : last;
    } else if (command instanceof Command.Sequence sequence) {
      sequence.parts().forEach(part -> run(part, streams));
    } else if (command instanceof Command.Background detached) {
      background.add(detach(detached.command(), streams));
      last = 0;
    } else if (command instanceof Command.Loop loop) {
      loop(loop, streams);
    } else if (command instanceof Command.Choice choice) {
      boolean holds = run(choice.condition(), streams) == 0;
      last = 0;
      last = run(holds ? choice.then() : choice.otherwise(), streams);
    } else if (command instanceof Command.Not not) {
      last = run(not.command(), streams) == 0 ? FAILED : 0;
    }
    return last;
  }

  private CompletableFuture<Void> detach(Command command, Streams streams) {
    Shell own = new Shell(programs, variables);
    return CompletableFuture.runAsync(
        () -> {
          try {
            int unused = own.run(command, streams);
          } catch (Exit | Break e) {
            // It ends this part only.
            return;
          }
        },
        programs::execute);
  }

  private void loop(Command.Loop loop, Streams streams) {
    last = 0;
    try {
      for (String word : words(streams).expand(loop.words())) {
        variables.put(loop.variable(), word);
        int unused = run(loop.body(), streams);
      }
    } catch (Break e) {
      last = 0;
    }
  }

  private int pipeline(List<Command> parts, Streams streams) {
    String text = streams.input();
    for (Command part : parts.subList(0, parts.size() - 1)) {
      Written written = new Written();
      int unused = run(part, streams.reading(text).with(1, written));
      text = written.text();
    }
    return run(parts.get(parts.size() - 1), streams.reading(text));
  }

  private Words words(Streams streams) {
    return new Words(variables, script -> substituted(script, streams), () -> last);
  }

  private String substituted(String script, Streams streams) {
    Written written = new Written();
    int unused = new Shell(programs, variables).run(script, streams.with(1, written));
    return written.text().replaceFirst("\n+$", "");
  }

  private int simple(Command.Simple simple, Streams streams) {
    List<Runnable> files = new ArrayList<>();
    Optional<Streams> redirected = redirected(simple.redirections(), streams, files);
    if (redirected.isEmpty()) {
      return FAILED;
    }
    Words expansion = words(streams);
    simple.assignments().forEach(it -> variables.put(it.name(), expansion.text(it.value())));
    List<String> words = expansion.expand(simple.words());
    int code = words.isEmpty() ? 0 : program(words, redirected.get());
    files.forEach(Runnable::run);
    return code;
  }

  private Optional<Streams> redirected(
      List<Redirection> redirections, Streams streams, List<Runnable> files) {
    Streams now = streams;
    for (Redirection one : redirections) {
      String target = words(streams).text(one.target());
      if (one.how().equals(">&")) {
        now = now.with(one.stream(), now.of(target));
      } else if (one.how().equals("<")) {
        Optional<String> text = programs.read(target);
        if (text.isEmpty()) {
          streams.error().accept("sh: can't open " + target + ": no such file\n");
          return Optional.empty();
        }
        now = now.reading(text.get());
      } else {
        Written written = new Written();
        if (one.how().equals(">>")) {
          written.accept(programs.read(target).orElse(""));
        }
        now = now.with(one.stream(), written);
        files.add(() -> programs.write(target, written.text()));
      }
    }
    return Optional.of(now);
  }

  private int program(List<String> words, Streams streams) {
    switch (words.get(0)) {
      case ":", "set", "export" -> {
        return 0;
      }
      case "exit" -> throw new Exit(words.size() > 1 ? Integer.parseInt(words.get(1)) : last);
      case "break" -> throw new Break();
      case "wait" -> {
        background.forEach(CompletableFuture::join);
        background.clear();
        return 0;
      }
      default -> {
        OptionalInt code = programs.run(words, streams);
        return code.orElseThrow(
            () -> new ScriptException("nothing is known of the program " + words.get(0)));
      }
    }
  }
}
