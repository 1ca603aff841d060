package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.ManagedObjectReference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes calls as vCenter reads them. The fields of yavijava's data objects have the names and the
 * order of the elements; those of a superclass come first.
 */
final class Encoder {

  private static final String ENVELOPE =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
          + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
          + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
          + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>";

  // yavijava has these two optional numbers as primitives, so they would always be sent as 0.
  private static final Set<String> NEVER_SENT =
      Set.of("npivDesiredNodeWwns", "npivDesiredPortWwns");

  private final StringBuilder xml = new StringBuilder(ENVELOPE);

  private Encoder() {}

  static String call(String method, List<Argument> arguments) {
    Encoder encoder = new Encoder();
    encoder.xml.append('<').append(method).append(" xmlns=\"urn:vim25\">");
    arguments.forEach(argument -> encoder.element(argument.name(), argument.value(), false));
    encoder.xml.append("</").append(method).append("></soapenv:Body></soapenv:Envelope>");
    return encoder.xml.toString();
  }

  private void element(String name, Object value, boolean typed) {
    if (value.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(value); i++) {
        element(name, Array.get(value, i), typed);
      }
      return;
    }
    xml.append('<').append(name);
    if (value instanceof ManagedObjectReference reference) {
      if (typed) {
        xml.append(" xsi:type=\"ManagedObjectReference\"");
      }
      xml.append(" type=\"").append(reference.getType()).append("\">");
      Xml.appendText(xml, reference.getVal());
    } else if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      xml.append(typed ? " xsi:type=\"xsd:" + primitive(value) + "\">" : ">");
      Xml.appendText(xml, value.toString());
    } else if (value instanceof Enum<?>) {
      // Its text is that of the API; its name may differ where Java has reserved the word.
      xml.append('>').append(value);
    } else {
      // Always with its type: what is declared is often only a base of it.
      xml.append(" xsi:type=\"").append(value.getClass().getSimpleName()).append("\">");
      fields(value);
    }
    xml.append("</").append(name).append('>');
  }

  private static String primitive(Object value) {
    if (value instanceof String) {
      return "string";
    }
    return value instanceof Integer
        ? "int"
        : value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private void fields(Object object) {
    Deque<Class<?>> classes = new ArrayDeque<>();
    for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
      classes.push(type);
    }
    for (Class<?> type : classes) {
      for (Field field : type.getDeclaredFields()) {
        if (!isSent(field)) {
          continue;
        }
        try {
          Object value = field.get(object);
          if (value != null) {
            // A reserved word of Java has an underscore in front.
            String name = field.getName();
            element(
                name.startsWith("_") ? name.substring(1) : name,
                value,
                field.getType() == Object.class);
          }
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(field + " is not public", e);
        }
      }
    }
  }

  private static boolean isSent(Field field) {
    return Modifier.isPublic(field.getModifiers())
        && !Modifier.isStatic(field.getModifiers())
        && !NEVER_SENT.contains(field.getName());
  }
}
