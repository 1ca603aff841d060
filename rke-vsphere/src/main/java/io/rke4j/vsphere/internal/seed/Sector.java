package io.rke4j.vsphere.internal.seed;

import java.nio.charset.StandardCharsets;

/**
 * Writes into one sector of an image and those after it. ISO 9660 has many numbers twice, in both
 * byte orders.
 */
final class Sector {

  private static final int SIZE = 2048;

  private final byte[] image;
  private final int start;

  Sector(byte[] image, int number) {
    this.image = image;
    this.start = number * SIZE;
  }

  Sector number(int at, int value) {
    image[start + at] = (byte) value;
    return this;
  }

  Sector bytes(int at, byte[] value) {
    System.arraycopy(value, 0, image, start + at, value.length);
    return this;
  }

  Sector text(int at, String value) {
    return bytes(at, value.getBytes(StandardCharsets.US_ASCII));
  }

  Sector little32(int at, int value) {
    for (int i = 0; i < 4; i++) {
      number(at + i, value >>> (8 * i));
    }
    return this;
  }

  Sector big32(int at, int value) {
    for (int i = 0; i < 4; i++) {
      number(at + i, value >>> (8 * (3 - i)));
    }
    return this;
  }

  Sector both32(int at, int value) {
    return little32(at, value).big32(at + 4, value);
  }

  Sector both16(int at, int value) {
    return number(at, value)
        .number(at + 1, value >>> 8)
        .number(at + 2, value >>> 8)
        .number(at + 3, value);
  }
}
