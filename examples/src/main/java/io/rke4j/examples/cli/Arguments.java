package io.rke4j.examples.cli;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user typed.
 *
 * @param command what to do
 * @param clusterFile the cluster.yml
 * @param folders where things are kept
 * @param acceptNewHostKeys whether hosts that were never seen are trusted
 * @param offline whether the plan reaches no host
 * @param json whether the plan is printed for programs
 */
record Arguments(
    Command command,
    Path clusterFile,
    Folders folders,
    boolean acceptNewHostKeys,
    boolean offline,
    boolean json) {

  /**
   * Where things are kept.
   *
   * @param state state and keys
   * @param certificates the user's own certificates; null if they are to be generated
   * @param management the kubeconfig of the cluster that keeps account, and the state; null if none
   *     does
   */
  record Folders(Path state, @Nullable Path certificates, @Nullable Path management) {

    Folders(Path state, @Nullable Path certificates) {
      this(state, certificates, null);
    }
  }

  static final String USAGE =
      """
      usage: examples/run check|plan|up|remove|csr|take-over CLUSTER.yml [options]

        check      look at the hosts, and say what is in the way of the cluster
        plan       say what up would do, and change nothing
        up         build the cluster, or bring it to what the file says
        remove     take everything from the hosts that was put there
        csr        write keys and signing requests for an authority of your own
        take-over  keep the keys of a cluster that RKE built, from its CLUSTER.rkestate

        --state DIR              keep state and keys there (default: beside the file, .rke4j/)
        --management KUBECONFIG  keep state, keys and an account of the run in that cluster
        --cert-dir DIR           check, plan, up: use the certificates there, and make none
        --out DIR                csr: write there (default: beside the file, CLUSTER_certs/)
        --accept-new-host-keys   trust hosts that were never seen, and remember their keys
        --offline                plan: reach no host; say what hosts that have nothing would get
        --json                   plan: for programs, with every container's whole definition
      """;

  enum Command {
    CHECK,
    PLAN,
    UP,
    REMOVE,
    CSR,
    TAKE_OVER
  }

  /** Reads the words; empty if they make no sense. */
  static Optional<Arguments> parse(List<String> words) {
    Parser parser = new Parser(new ArrayDeque<>(words));
    return parser.parse();
  }

  /** Where RKE keeps what it remembers. */
  Path rkeState() {
    return beside(clusterFile, ".rkestate");
  }

  private static Path beside(Path cluster, String ending) {
    String name = String.valueOf(cluster.getFileName()).replaceFirst("\\.[^.]*$", "");
    return cluster.resolveSibling(name + ending);
  }

  private static final class Parser {

    private final Deque<String> words;
    private @Nullable Command command;
    private @Nullable Path file;
    private @Nullable Path state;
    private @Nullable Path certificates;
    private @Nullable Path out;
    private @Nullable Path management;
    private boolean acceptNewHostKeys;
    private boolean offline;
    private boolean json;

    Parser(Deque<String> words) {
      this.words = words;
    }

    Optional<Arguments> parse() {
      while (!words.isEmpty()) {
        if (!take(words.remove())) {
          return Optional.empty();
        }
      }
      Command chosen = command;
      Path cluster = file;
      if (chosen == null || cluster == null) {
        return Optional.empty();
      }
      if (!makesSense(chosen)) {
        return Optional.empty();
      }
      Path beside = cluster.toAbsolutePath().resolveSibling(".rke4j");
      Folders folders =
          new Folders(
              state == null ? beside : state,
              chosen == Command.CSR && out == null ? requestsBeside(cluster) : either(),
              management);
      return Optional.of(new Arguments(chosen, cluster, folders, acceptNewHostKeys, offline, json));
    }

    private boolean makesSense(Command chosen) {
      boolean takesCertificates = Set.of(Command.CHECK, Command.PLAN, Command.UP).contains(chosen);
      return (!(offline || json) || chosen == Command.PLAN)
          && (certificates == null || takesCertificates)
          && (out == null || chosen == Command.CSR);
    }

    private @Nullable Path either() {
      return out == null ? certificates : out;
    }

    /** Where RKE puts them, too. */
    private static Path requestsBeside(Path cluster) {
      return beside(cluster, "_certs");
    }

    private boolean take(String word) {
      switch (word) {
        case "--accept-new-host-keys" -> acceptNewHostKeys = true;
        case "--offline" -> offline = true;
        case "--json" -> json = true;
        case "--state", "--cert-dir", "--out", "--management" -> {
          return takeFolder(word);
        }
        default -> {
          return takePlain(word);
        }
      }
      return true;
    }

    private boolean takeFolder(String word) {
      if (words.isEmpty()) {
        return false;
      }
      Path folder = Path.of(words.remove());
      switch (word) {
        case "--state" -> state = folder;
        case "--out" -> out = folder;
        case "--management" -> management = folder;
        default -> certificates = folder;
      }
      return true;
    }

    private boolean takePlain(String word) {
      if (word.startsWith("-")) {
        return false;
      }
      if (command == null) {
        command =
            switch (word) {
              case "check" -> Command.CHECK;
              case "plan" -> Command.PLAN;
              case "up" -> Command.UP;
              case "remove" -> Command.REMOVE;
              case "csr" -> Command.CSR;
              case "take-over" -> Command.TAKE_OVER;
              default -> null;
            };
        return command != null;
      }
      if (file != null) {
        return false;
      }
      file = Path.of(word);
      return true;
    }
  }
}
