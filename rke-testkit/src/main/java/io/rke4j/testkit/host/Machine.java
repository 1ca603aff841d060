package io.rke4j.testkit.host;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A simulated host without its engine: an address, files, ports, facts. Thread-safe. */
public final class Machine {

  private static final List<String> INSTALLED =
      List.of(
          "/dev",
          "/etc",
          "/home",
          "/lib/modules",
          "/opt",
          "/proc",
          "/root",
          "/run",
          "/sys",
          "/usr/bin",
          "/usr/libexec",
          "/var/lib",
          "/var/log");

  private final HostFacts facts;
  private final InetAddress address;
  private final FileTree files = new FileTree();
  private final Ports ports;
  private final FleetThreads threads;
  private volatile Duration skew = Duration.ZERO;
  private volatile boolean diskFull;
  private final Map<Integer, Port> listening = new ConcurrentHashMap<>();
  private final Map<String, Duplex.Service> sockets = new ConcurrentHashMap<>();

  /** A host that was just installed. */
  public Machine(HostFacts facts, InetAddress address, Ports ports, FleetThreads threads) {
    this.facts = facts;
    this.address = address;
    this.ports = ports;
    this.threads = threads;
    install();
  }

  private void install() {
    for (String folder : INSTALLED) {
      files.makeFolders(folder);
    }
    files.put("/tmp", FileEntry.folder(01777));
    files.put("/var/run", FileEntry.link("/run"));
    files.put("/etc/hostname", FileEntry.file(0644, facts.hostname() + "\n"));
    files.put("/etc/machine-id", FileEntry.file(0444, facts.machineId() + "\n"));
    files.put("/etc/resolv.conf", FileEntry.file(0644, "nameserver 192.0.2.53\n"));
    files.put(
        "/etc/os-release",
        FileEntry.file(0644, "PRETTY_NAME=\"" + facts.operatingSystem() + "\"\nID=debian\n"));
  }

  /** What it says of itself. */
  public HostFacts facts() {
    return facts;
  }

  /** Its own address, one of loopback. */
  public InetAddress address() {
    return address;
  }

  /** The address as text. */
  public String ip() {
    return address.getHostAddress();
  }

  /** Its files. */
  public FileTree files() {
    return files;
  }

  /** Its clock: the fleet's time, unless it goes wrong. */
  public InstantSource clock() {
    return () -> threads.time().instant().plus(skew);
  }

  /** Lets its clock be ahead of the others, or behind. */
  public void skewClock(Duration ahead) {
    skew = ahead;
  }

  /** Lets its disk be full, or have room again. */
  public void diskFull(boolean full) {
    diskFull = full;
  }

  /** Whether its disk is full. */
  public boolean diskFull() {
    return diskFull;
  }

  /** The threads of its fleet. */
  public FleetThreads threads() {
    return threads;
  }

  /**
   * Listens on a port of the host.
   *
   * @throws BindException if somebody does already
   */
  public OpenPort listen(int number, PortService service) throws IOException {
    Port port = new Port(number, ports.listen(new InetSocketAddress(address, number), service));
    listening.put(number, port);
    return port;
  }

  /**
   * Listens on a Unix socket. Its file outlives the one who listens, as on a real host.
   *
   * @param socket its permissions and owner
   */
  public OpenPort listen(String path, FileEntry socket, Duplex.Service service) {
    String place = FileView.of(files).resolve(path);
    files.put(place, socket);
    sockets.put(place, service);
    return () -> sockets.remove(place, service);
  }

  /** Who listens on a Unix socket; empty if nobody does. */
  public Optional<Duplex.Service> socket(String path) {
    return Optional.ofNullable(sockets.get(FileView.of(files).resolve(path)));
  }

  /** The ports that programs of the host listen on. */
  public Set<Integer> listeningPorts() {
    return new TreeSet<>(listening.keySet());
  }

  private final class Port implements OpenPort {

    private final int number;
    private final Ports.Listening socket;

    Port(int number, Ports.Listening socket) {
      this.number = number;
      this.socket = socket;
    }

    @Override
    public void close() {
      listening.remove(number, this);
      socket.close();
    }
  }
}
