package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.ManagedObjectReference;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Makes data objects of answers. What a newer vCenter knows and yavijava does not, be it an
 * element, a type or a word, is left out and noted; it must not spoil the rest. Thread-safe.
 */
final class Decoder {

  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  private static final String PACKAGE = ManagedObjectReference.class.getPackageName() + ".";

  private final Set<String> unknown = ConcurrentHashMap.newKeySet();

  /** What was left out so far. */
  Set<String> unknown() {
    return Set.copyOf(unknown);
  }

  /**
   * An element's value.
   *
   * @param declared what it is unless it says otherwise
   * @return null if there is no way to have it
   */
  @Nullable Object value(Class<?> declared, Element element) throws IOException {
    Class<?> type = actualType(declared, element);
    String text = element.getTextContent();
    if (type == Object.class || type == String.class) {
      return text;
    }
    if (type == ManagedObjectReference.class) {
      ManagedObjectReference reference = new ManagedObjectReference();
      reference.setType(element.getAttribute("type"));
      reference.setVal(text);
      return reference;
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    if (Simple.isSimple(type)) {
      return Simple.value(type, text.strip());
    }
    return object(type, element);
  }

  private Class<?> actualType(Class<?> declared, Element element) {
    String said = element.getAttributeNS(XSI, "type");
    if (said.isEmpty()) {
      return declared;
    }
    String name = said.substring(said.indexOf(':') + 1);
    Class<?> type = Simple.named(name);
    if (type == null) {
      type = known(name.startsWith("ArrayOf") ? name.substring(7) : name);
    }
    if (type == null) {
      return declared;
    }
    boolean fits = declared == Object.class || declared.isPrimitive();
    if (name.startsWith("ArrayOf")) {
      return type.arrayType();
    }
    return fits || declared.isAssignableFrom(type) ? type : declared;
  }

  private @Nullable Class<?> known(String name) {
    if (!name.matches("[A-Za-z0-9]+")) {
      return null;
    }
    try {
      return Class.forName(PACKAGE + name);
    } catch (ClassNotFoundException e) {
      Class<?> simple = Simple.named(name.toLowerCase(Locale.ROOT));
      if (simple == null) {
        unknown.add(name);
      }
      return simple;
    }
  }

  private @Nullable Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (constant.toString().equals(text) || ((Enum<?>) constant).name().equals(text)) {
        return constant;
      }
    }
    unknown.add(type.getSimpleName() + "." + text);
    return null;
  }

  private @Nullable Object object(Class<?> type, Element element) throws IOException {
    if (type.isArray()) {
      return array(type.getComponentType(), Xml.children(element));
    }
    if (Modifier.isAbstract(type.getModifiers()) || type.isInterface()) {
      unknown.add(type.getSimpleName());
      return null;
    }
    try {
      Object made = type.getDeclaredConstructor().newInstance();
      fill(made, element);
      return made;
    } catch (ReflectiveOperationException e) {
      throw new IOException("cannot read a " + type.getSimpleName() + " of vCenter", e);
    }
  }

  private void fill(Object made, Element element) throws IOException, IllegalAccessException {
    Map<Field, List<Element>> repeated = new LinkedHashMap<>();
    for (Element child : Xml.children(element)) {
      Field field = field(made.getClass(), child.getLocalName());
      if (field == null) {
        unknown.add(made.getClass().getSimpleName() + "." + child.getLocalName());
      } else if (field.getType() == byte[].class) {
        field.set(made, Base64.getMimeDecoder().decode(child.getTextContent()));
      } else if (field.getType().isArray()) {
        repeated.computeIfAbsent(field, one -> new ArrayList<>()).add(child);
      } else {
        Object value = value(field.getType(), child);
        if (value != null) {
          field.set(made, value);
        }
      }
    }
    for (Map.Entry<Field, List<Element>> one : repeated.entrySet()) {
      one.getKey().set(made, array(one.getKey().getType().getComponentType(), one.getValue()));
    }
  }

  /** An array of all elements that could be understood. */
  Object array(Class<?> type, List<Element> elements) throws IOException {
    List<Object> values = new ArrayList<>();
    for (Element element : elements) {
      Object value = value(type, element);
      if (value != null) {
        values.add(value);
      }
    }
    Object array = Array.newInstance(type, values.size());
    for (int i = 0; i < values.size(); i++) {
      Array.set(array, i, values.get(i));
    }
    return array;
  }

  private static @Nullable Field field(Class<?> type, String name) {
    for (Field field : type.getFields()) {
      if (field.getName().equals(name) || field.getName().equals("_" + name)) {
        return field;
      }
    }
    return null;
  }
}
