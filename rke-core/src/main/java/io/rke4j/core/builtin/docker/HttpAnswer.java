package io.rke4j.core.builtin.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One answer of the engine. Closing it before its end, also from another thread, breaks it off. */
record HttpAnswer(HttpUriRequestBase request, ClassicHttpResponse response)
    implements DockerHttpClient.Response {

  private static final Logger LOG = LoggerFactory.getLogger(HttpAnswer.class);

  @Override
  public int getStatusCode() {
    return response.getCode();
  }

  @Override
  public Map<String, List<String>> getHeaders() {
    return Stream.of(response.getHeaders())
        .collect(
            Collectors.groupingBy(
                NameValuePair::getName,
                LinkedHashMap::new,
                Collectors.mapping(NameValuePair::getValue, Collectors.toList())));
  }

  @Override
  public InputStream getBody() {
    try {
      HttpEntity entity = response.getEntity();
      return entity == null ? InputStream.nullInputStream() : entity.getContent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      HttpEntity entity = response.getEntity();
      if (entity != null && entity.getContentLength() == 0) {
        // Nothing is left to read, but the stream counts as free only once somebody looked.
        entity.getContent().close();
      }
      request.cancel();
      response.close();
    } catch (IOException e) {
      LOG.debug("closing an answer of the engine", e);
    }
  }
}
