package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.DynamicProperty;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectContent;
import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertySpec;
import com.vmware.vim25.RetrieveOptions;
import com.vmware.vim25.RetrieveResult;
import com.vmware.vim25.SelectionSpec;
import com.vmware.vim25.TraversalSpec;
import io.rke4j.vsphere.error.VsphereException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/** Reads properties of objects, page by page. Thread-safe. */
final class Properties {

  /** The properties that an object has of those asked for. */
  record Found(ManagedObjectReference object, Map<String, Object> values) {

    <T> Optional<T> get(String name, Class<T> type) {
      Object value = values.get(name);
      return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    String text(String name) {
      return get(name, String.class).orElse("");
    }
  }

  private final Session session;
  private final Decoder decoder;

  Properties(Session session, Decoder decoder) {
    this.session = session;
    this.decoder = decoder;
  }

  /**
   * Properties of one object.
   *
   * @param mandatory one that every such object has; vCenter gives nothing, and no fault, to a
   *     session that it has forgotten
   */
  Found of(String about, ManagedObjectReference object, String mandatory, String... properties) {
    for (int attempt = 1; ; attempt++) {
      List<Found> found = read(about, objects(object, false), object.getType(), properties);
      if (!found.isEmpty() && found.get(0).values().containsKey(mandatory)) {
        return found.get(0);
      }
      if (attempt == 2) {
        throw VsphereException.unusable(
            about, "has no " + mandatory + " that this account may see", "Check its privileges");
      }
      session.ensureAlive();
    }
  }

  /** Properties of all objects of a type below an object, at any depth. */
  List<Found> below(String about, ManagedObjectReference root, String type, String... properties) {
    // Also renews a session: unlike reads, making a view needs one.
    ManagedObjectReference view = view(about, root, type);
    try {
      return read(about, objects(view, true), type, properties);
    } finally {
      session.call(about, "DestroyView", view);
    }
  }

  private ManagedObjectReference view(String about, ManagedObjectReference root, String type) {
    List<Element> answer =
        session.call(
            about,
            "CreateContainerView",
            session.content().getViewManager(),
            new Argument("container", root),
            new Argument("type", type),
            new Argument("recursive", true));
    return one(about, answer, ManagedObjectReference.class);
  }

  private List<Found> read(String about, ObjectSpec objects, String type, String... properties) {
    PropertySpec wanted = new PropertySpec();
    wanted.setType(type);
    wanted.setAll(false);
    wanted.setPathSet(properties);
    PropertyFilterSpec filter = new PropertyFilterSpec();
    filter.setPropSet(new PropertySpec[] {wanted});
    filter.setObjectSet(new ObjectSpec[] {objects});
    ManagedObjectReference collector = session.content().getPropertyCollector();
    List<Element> answer =
        session.call(
            about,
            "RetrievePropertiesEx",
            collector,
            new Argument("specSet", filter),
            new Argument("options", new RetrieveOptions()));
    List<Found> found = new ArrayList<>();
    while (!answer.isEmpty()) {
      RetrieveResult page = one(about, answer, RetrieveResult.class);
      if (page.getObjects() != null) {
        Arrays.stream(page.getObjects()).map(Properties::found).forEach(found::add);
      }
      if (page.getToken() == null) {
        break;
      }
      Argument token = new Argument("token", page.getToken());
      answer = session.call(about, "ContinueRetrievePropertiesEx", collector, token);
    }
    return found;
  }

  private static Found found(ObjectContent content) {
    Map<String, Object> values = new HashMap<>();
    if (content.getPropSet() != null) {
      for (DynamicProperty property : content.getPropSet()) {
        if (property.getVal() != null) {
          values.put(property.getName(), property.getVal());
        }
      }
    }
    return new Found(content.getObj(), values);
  }

  private static ObjectSpec objects(ManagedObjectReference start, boolean view) {
    ObjectSpec objects = new ObjectSpec();
    objects.setObj(start);
    objects.setSkip(view);
    if (view) {
      TraversalSpec all = new TraversalSpec();
      all.setName("all");
      all.setType("ContainerView");
      all.setPath("view");
      all.setSkip(false);
      objects.setSelectSet(new SelectionSpec[] {all});
    }
    return objects;
  }

  /** The one thing that a method returned. */
  <T> T one(String about, List<Element> answer, Class<T> type) {
    try {
      if (!answer.isEmpty()) {
        Object value = decoder.value(type, answer.get(0));
        if (type.isInstance(value)) {
          return type.cast(value);
        }
      }
    } catch (IOException e) {
      throw VsphereException.unanswered(about, "cannot be understood", "", false, e);
    }
    throw VsphereException.unusable(about, "was not answered", "");
  }
}
