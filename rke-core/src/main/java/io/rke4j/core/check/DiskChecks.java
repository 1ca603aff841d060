package io.rke4j.core.check;

import static io.rke4j.core.check.HostCheck.Symptom.blocks;
import static io.rke4j.core.check.HostCheck.Symptom.warns;

import io.rke4j.api.check.Finding.Severity;
import io.rke4j.api.cluster.Role;
import io.rke4j.core.check.Facts.Disk;
import io.rke4j.core.check.HostCheck.Symptom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Room on the disks, and how fast they are. */
final class DiskChecks {

  private static final String KUBELET = "/var/lib/kubelet";
  private static final String ETCD = "/var/lib/etcd";
  private static final long GIB = 1024 * 1024;

  /** For what is pulled and unpacked at the moment, logs, and the images of users. */
  private static final long COMFORT = 4 * GIB;

  /** Kubernetes' own defaults: {@code imagefs.available}, {@code nodefs.available}, inodes. */
  private static final long IMAGE_EVICTION = 15;

  private static final long NODE_EVICTION = 10;
  private static final long INODE_EVICTION = 5;

  /** etcd's documentation asks for less than 10 ms. */
  private static final double SLOW_FLUSH_MILLIS = 10;

  private static final double STALLED_FLUSH_MILLIS = 50;
  private static final long FLUSHES_THAT_SAY_SOMETHING = 1000;

  static final List<HostCheck> ALL =
      List.of(
          new HostCheck(
              "image-space",
              "images cannot be pulled, or the kubelet throws pods and images out at once",
              DiskChecks::imageSpace),
          new HostCheck(
              "kubelet-space",
              "the kubelet puts the node under disk pressure and starts no pods",
              host -> share(host.facts().disk(host.folder(KUBELET)), NODE_EVICTION)),
          new HostCheck(
              "etcd-space",
              "etcd stops for good when its disk is full, and the cluster with it",
              host ->
                  host.is(Role.ETCD) ? room(host.facts().disk(host.folder(ETCD))) : Stream.empty()),
          new HostCheck(
              "inodes",
              "the kubelet puts the node under disk pressure and starts no pods",
              DiskChecks::inodes),
          new HostCheck(
              "mount-options",
              "CNI plugins are run from /opt/cni/bin, certificates are written below /etc",
              DiskChecks::options),
          new HostCheck(
              "etcd-disk-speed",
              "etcd loses its leader when the disk is slow, and the API server its answers",
              host -> host.is(Role.ETCD) ? speed(host) : Stream.empty()));

  private DiskChecks() {}

  private static Stream<Symptom> imageSpace(Subject host) {
    Optional<Disk> disk = host.facts().disk(host.engine().facts().rootDirectory());
    long needed = host.roomForImages();
    if (disk.filter(there -> host.isNew() && there.free() < needed).isPresent()) {
      return Stream.of(
          new Symptom(
              Severity.BLOCKS,
              "no room for the cluster's images in " + disk.get().folder(),
              List.of(words(disk.get()), wants(host)),
              "free "
                  + gib(needed + COMFORT)
                  + " or more; docker system prune takes away what nobody uses"));
    }
    if (host.is(Role.WORKER)
        && disk.filter(there -> there.freePercent() < IMAGE_EVICTION).isPresent()) {
      return share(disk, IMAGE_EVICTION);
    }
    return disk.filter(there -> host.isNew() && there.free() < needed + COMFORT).stream()
        .map(
            there ->
                new Symptom(
                    Severity.WARNS,
                    "little room for images in " + there.folder(),
                    List.of(words(there), wants(host)),
                    "give it " + gib(needed + COMFORT) + " or more"));
  }

  private static String wants(Subject host) {
    int missing = host.engine().missing().size();
    return (missing == 1 ? "1 image is" : missing + " images are")
        + " still to come, about "
        + gib(host.roomForImages());
  }

  private static Stream<Symptom> share(Optional<Disk> disk, long percent) {
    return disk.filter(there -> there.freePercent() < percent).stream()
        .map(
            there ->
                blocks(
                    "less than " + percent + " % of the disk of " + there.folder() + " are free",
                    words(there),
                    "free space on it, or give it a larger disk"));
  }

  private static Stream<Symptom> room(Optional<Disk> disk) {
    return disk.filter(there -> there.free() < 2 * GIB).stream()
        .map(
            there ->
                blocks(
                    "no room for etcd's data",
                    words(there),
                    "free 2 GiB or more for " + there.folder()));
  }

  private static Stream<Symptom> inodes(Subject host) {
    return Stream.of(host.engine().facts().rootDirectory(), host.folder(KUBELET))
        .flatMap(folder -> host.facts().disk(folder).stream())
        .filter(disk -> disk.freeInodePercent() < INODE_EVICTION)
        .map(
            disk ->
                blocks(
                    "hardly any inodes are free for " + disk.folder(),
                    disk.freeInodes() + " of " + disk.inodes() + " inodes are free",
                    "delete small files, or make the file system anew with more inodes"));
  }

  private static Stream<Symptom> options(Subject host) {
    return Stream.of("/opt", host.folder("/etc"), host.folder(KUBELET))
        .flatMap(folder -> host.facts().disk(folder).stream())
        .filter(disk -> disk.flags().contains("ro") || runsNothing(disk))
        .map(
            disk ->
                blocks(
                    disk.folder() + " is mounted " + String.join(", ", disk.flags()),
                    disk.folder() + ": " + String.join(", ", disk.flags()),
                    "mount it rw,exec"));
  }

  private static boolean runsNothing(Disk disk) {
    return disk.folder().equals("/opt") && disk.flags().contains("noexec");
  }

  private static Stream<Symptom> speed(Subject host) {
    String folder = host.folder(ETCD);
    return host.facts().named("flushes", folder).map(line -> line.split(" ", 2)).stream()
        .filter(part -> Long.parseLong(part[0]) >= FLUSHES_THAT_SAY_SOMETHING)
        .map(part -> Double.parseDouble(part[1]) / Double.parseDouble(part[0]))
        .filter(millis -> millis > SLOW_FLUSH_MILLIS)
        .map(millis -> slow(folder, millis));
  }

  private static Symptom slow(String folder, double millis) {
    String what = "the disk of " + folder + " is slow";
    String evidence =
        "a flush has taken %.1f ms on average since the host was started".formatted(millis);
    String remedy = "put " + folder + " on an SSD, or on a disk that nothing else writes to";
    return millis > STALLED_FLUSH_MILLIS
        ? blocks(what, evidence, remedy)
        : warns(what, evidence, remedy);
  }

  private static String words(Disk disk) {
    return gib(disk.free())
        + " of "
        + gib(disk.size())
        + " are free ("
        + disk.freePercent()
        + " %)";
  }

  private static String gib(long kib) {
    return "%.1f GiB".formatted((double) kib / GIB);
  }
}
