package io.rke4j.vsphere.internal.seed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a few small files into the root of a CD image: ISO 9660 with short names, and Joliet with
 * the real ones, which Linux and Windows show. It has no date, so that the same files always make
 * the same image.
 *
 * <p>Sectors: 16 primary descriptor, 17 Joliet descriptor, 18 end of descriptors, 19 to 22 path
 * tables (little and big endian of both), 23 and 24 root directories, from 25 the files.
 */
final class IsoImage {

  private static final int SECTOR = 2048;
  private static final int PRIMARY_ROOT = 23;
  private static final int JOLIET_ROOT = 24;
  private static final int FIRST_FILE = 25;

  // "UCS-2 level 3" of Joliet's specification.
  private static final byte[] JOLIET = {'%', '/', 'E'};

  /** A file and where it is. */
  private record Placed(String name, int size, int sector) {}

  private final List<Placed> files = new ArrayList<>();
  private final Map<String, byte[]> contents;
  private final String volume;
  private final int sectors;

  private IsoImage(String volume, Map<String, byte[]> contents) {
    this.volume = volume;
    this.contents = contents;
    int next = FIRST_FILE;
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      files.add(new Placed(file.getKey(), file.getValue().length, next));
      next += Math.max(1, (file.getValue().length + SECTOR - 1) / SECTOR);
    }
    this.sectors = next;
  }

  /**
   * An image.
   *
   * @param volume its name, at most 16 characters
   * @param files contents by names, in the order of the names; few enough for one sector
   */
  static byte[] of(String volume, Map<String, byte[]> files) {
    return new IsoImage(volume, files).write();
  }

  private byte[] write() {
    byte[] image = new byte[sectors * SECTOR];
    descriptor(new Sector(image, 16), 1, PRIMARY_ROOT, 19, 20);
    descriptor(new Sector(image, 17), 2, JOLIET_ROOT, 21, 22);
    new Sector(image, 18).number(0, 255).text(1, "CD001").number(6, 1);
    pathTable(new Sector(image, 19), PRIMARY_ROOT, false);
    pathTable(new Sector(image, 20), PRIMARY_ROOT, true);
    pathTable(new Sector(image, 21), JOLIET_ROOT, false);
    pathTable(new Sector(image, 22), JOLIET_ROOT, true);
    directory(new Sector(image, PRIMARY_ROOT), PRIMARY_ROOT, false);
    directory(new Sector(image, JOLIET_ROOT), JOLIET_ROOT, true);
    for (Placed file : files) {
      new Sector(image, file.sector()).bytes(0, contents.getOrDefault(file.name(), new byte[0]));
    }
    return image;
  }

  private void descriptor(Sector sector, int type, int root, int little, int big) {
    boolean joliet = type == 2;
    sector.number(0, type).text(1, "CD001").number(6, 1);
    blanks(sector, 8, 32, joliet);
    blanks(sector, 40, 32, joliet);
    sector.bytes(40, name(volume, joliet));
    sector.both32(80, sectors);
    if (joliet) {
      sector.bytes(88, JOLIET);
    }
    // One volume, of one; sectors of this size; a path table with one entry.
    sector.both16(120, 1).both16(124, 1).both16(128, SECTOR).both32(132, 10);
    sector.little32(140, little).big32(148, big);
    record(sector, 156, new byte[] {0}, root, SECTOR, true);
    // Sets, publisher, preparer, application; then copyright, abstract, bibliography.
    blanks(sector, 190, 128 * 4, joliet);
    blanks(sector, 702, 37 * 3, joliet);
    for (int date = 813; date < 881; date += 17) {
      sector.text(date, "0".repeat(16));
    }
    sector.number(881, 1);
  }

  private static void pathTable(Sector sector, int root, boolean big) {
    sector.number(0, 1);
    if (big) {
      sector.big32(2, root).number(7, 1);
    } else {
      sector.little32(2, root).number(6, 1);
    }
  }

  private void directory(Sector sector, int self, boolean joliet) {
    int at = record(sector, 0, new byte[] {0}, self, SECTOR, true);
    at += record(sector, at, new byte[] {1}, self, SECTOR, true);
    for (Placed file : files) {
      String shown = joliet ? file.name() : shortName(file.name());
      byte[] name = name(shown, joliet);
      at += record(sector, at, name, file.sector(), file.size(), false);
    }
  }

  /** A directory record; returns its length. */
  private static int record(
      Sector sector, int at, byte[] name, int extent, int size, boolean directory) {
    int length = 33 + name.length + (name.length % 2 == 0 ? 1 : 0);
    sector.number(at, length).both32(at + 2, extent).both32(at + 10, size);
    // No moment at all is no date that programs accept: the first day of 1970.
    sector.number(at + 18, 70).number(at + 19, 1).number(at + 20, 1);
    sector.number(at + 25, directory ? 2 : 0).both16(at + 28, 1);
    sector.number(at + 32, name.length).bytes(at + 33, name);
    return length;
  }

  private static void blanks(Sector sector, int at, int length, boolean joliet) {
    for (int i = 0; i < length; i++) {
      // A blank in UCS-2 is two bytes.
      sector.number(at + i, joliet && i % 2 == 0 ? 0 : ' ');
    }
  }

  private static byte[] name(String text, boolean joliet) {
    return text.getBytes(joliet ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII);
  }

  /** As ISO 9660 allows: {@code user-data} becomes {@code USERDATA.;1}. */
  private static String shortName(String name) {
    String letters = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    return letters.substring(0, Math.min(8, letters.length())) + ".;1";
  }
}
