package io.rke4j.vsphere.internal.soap;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The simple types of XML Schema, as far as vCenter uses them. */
final class Simple {

  private static final Map<String, Class<?>> NAMED =
      Map.ofEntries(
          Map.entry("string", String.class),
          Map.entry("anyURI", String.class),
          Map.entry("int", Integer.class),
          Map.entry("short", Short.class),
          Map.entry("byte", Byte.class),
          Map.entry("long", Long.class),
          Map.entry("boolean", Boolean.class),
          Map.entry("float", Float.class),
          Map.entry("double", Double.class),
          Map.entry("dateTime", Calendar.class),
          Map.entry("base64Binary", byte[].class));

  private Simple() {}

  /** The class of a type of XML Schema; null if it is none. */
  static @Nullable Class<?> named(String name) {
    return NAMED.get(name);
  }

  static boolean isSimple(Class<?> type) {
    return type.isPrimitive() || NAMED.containsValue(type);
  }

  /** The value; null if the text is none of this type. */
  static @Nullable Object value(Class<?> type, String text) {
    try {
      if (type == boolean.class || type == Boolean.class) {
        return text.equals("true") || text.equals("1");
      }
      if (type == Calendar.class) {
        return moment(text);
      }
      if (type == byte[].class) {
        return Base64.getMimeDecoder().decode(text);
      }
      return number(type, text);
    } catch (NumberFormatException | DateTimeParseException e) {
      return null;
    }
  }

  private static Object number(Class<?> type, String text) {
    if (type == int.class || type == Integer.class) {
      return Integer.valueOf(text);
    }
    if (type == long.class || type == Long.class) {
      return Long.valueOf(text);
    }
    if (type == short.class || type == Short.class) {
      return Short.valueOf(text);
    }
    if (type == byte.class || type == Byte.class) {
      return Byte.valueOf(text);
    }
    return type == float.class || type == Float.class
        ? (Object) Float.valueOf(text)
        : (Object) Double.valueOf(text);
  }

  private static Calendar moment(String text) {
    // Some servers leave the zone out; what they mean is UTC.
    Instant instant =
        text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
            ? OffsetDateTime.parse(text).toInstant()
            : Instant.parse(text + "Z");
    return GregorianCalendar.from(ZonedDateTime.ofInstant(instant, ZoneOffset.UTC));
  }
}
