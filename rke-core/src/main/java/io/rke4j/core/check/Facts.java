package io.rke4j.core.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a host said of itself. What it could not see is not there, and no check complains of it. */
final class Facts {

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private Facts() {}

  /** Reads lines of the form {@code key=value}; a key may come several times. */
  static Facts of(String text) {
    Facts facts = new Facts();
    text.lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2 && !pair[1].isBlank())
        .forEach(
            pair ->
                facts
                    .values
                    .computeIfAbsent(pair[0], key -> new ArrayList<>())
                    .add(pair[1].strip()));
    return facts;
  }

  List<String> all(String key) {
    return List.copyOf(values.getOrDefault(key, List.of()));
  }

  Optional<String> text(String key) {
    return all(key).stream().findFirst();
  }

  Optional<Long> number(String key) {
    return text(key).flatMap(Facts::parsed);
  }

  boolean has(String key, String value) {
    return all(key).contains(value);
  }

  /** The rest of the line that begins with a name. */
  Optional<String> named(String key, String name) {
    return all(key).stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .findFirst();
  }

  /** Whether systemd runs the host; where it is only installed, it says that it is offline. */
  boolean hasSystemd() {
    return text("systemd").filter(state -> !state.equals("offline")).isPresent();
  }

  Optional<Long> sysctl(String name) {
    return named("sysctl", name).flatMap(Facts::parsed);
  }

  /** The interface of the default route. */
  Optional<Interface> mainInterface() {
    return all("route").stream()
        .filter(route -> route.startsWith("default") && route.contains(" dev "))
        .map(route -> route.replaceAll(".* dev (\\S+).*", "$1"))
        .findFirst()
        .flatMap(
            name ->
                all("interface").stream()
                    .filter(line -> line.startsWith(name + " "))
                    .map(Interface::new)
                    .findFirst());
  }

  /**
   * An interface of a host.
   *
   * @param line its name, the largest packet it sends, and its hardware address
   */
  record Interface(String line) {

    private static final int MTU = 1;
    private static final int ADDRESS = 2;

    Optional<Long> mtu() {
      return part(MTU).flatMap(Facts::parsed);
    }

    Optional<String> hardwareAddress() {
      return part(ADDRESS);
    }

    private Optional<String> part(int index) {
      return Stream.of(line.split(" ", -1)).skip(index).findFirst();
    }
  }

  /** The file system that a folder is in, or will be in. */
  Optional<Disk> disk(String folder) {
    return named("disk", folder).map(line -> Disk.of(folder, line));
  }

  /**
   * A file system.
   *
   * @param folder what is looked at
   * @param size in KiB
   * @param free in KiB, for ordinary users
   * @param inodes how many there are; 0 if the file system does not count them
   * @param freeInodes how many of them are free
   * @param flags {@code ro}, {@code noexec}, or none
   */
  record Disk(
      String folder, long size, long free, long inodes, long freeInodes, Set<String> flags) {

    static Disk of(String folder, String line) {
      String[] part = line.split(" +", -1);
      return new Disk(
          folder, at(part, 0), at(part, 1), at(part, 2), at(part, 3), Set.copyOf(rest(part)));
    }

    private static long at(String[] part, int index) {
      return index < part.length ? parsed(part[index]).orElse(0L) : 0;
    }

    private static List<String> rest(String[] part) {
      return Stream.of(part).skip(4).distinct().toList();
    }

    /** How much is free, in percent. */
    long freePercent() {
      return size == 0 ? 100 : free * 100 / size;
    }

    /** How many inodes are free, in percent. */
    long freeInodePercent() {
      return inodes == 0 ? 100 : freeInodes * 100 / inodes;
    }
  }

  private static Optional<Long> parsed(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
