package io.rke4j.core.state;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException;

/**
 * Says where a document is wrong. What Jackson says beyond that quotes the document, and the
 * document is full of keys; so neither its messages nor its exceptions are passed on.
 */
final class JsonPlace {

  private JsonPlace() {}

  static String of(JacksonException e) {
    String kind = e.getClass().getSimpleName();
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      StringBuilder path = new StringBuilder();
      for (JsonMappingException.Reference step : mapping.getPath()) {
        String field = step.getFieldName();
        path.append(field == null ? "[" + step.getIndex() + "]" : "." + field);
      }
      return kind + " at " + path.substring(path.charAt(0) == '.' ? 1 : 0);
    }
    JsonLocation location = e.getLocation();
    return location == null
        ? kind
        : kind + " in line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
