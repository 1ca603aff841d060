package io.rke4j.vsphere.internal.soap;

import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.web.Web;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Calls methods of the SOAP service, with the cookie of the session. Thread-safe. */
final class SoapCalls {

  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  private static final String COOKIE = "vmware_soap_session=";

  // The version that yavijava's data objects are of; newer servers answer in it.
  private static final String VERSION = "urn:vim25/6.0";

  private final Web web;
  private volatile @Nullable String cookie;

  SoapCalls(Web web) {
    this.web = web;
  }

  String server() {
    return web.server();
  }

  /** The cookie of the session; empty before a login. */
  String cookie() {
    String now = cookie;
    return now == null ? "" : now;
  }

  /** What the method returned: an element each. */
  List<Element> call(String method, List<Argument> arguments) throws FaultAnswer {
    HttpRequest.Builder request =
        web.request("/sdk")
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("SOAPAction", VERSION)
            .POST(HttpRequest.BodyPublishers.ofString(Encoder.call(method, arguments)));
    if (!cookie().isEmpty()) {
      request.header("Cookie", cookie());
    }
    HttpResponse<byte[]> answer = web.send(request.build());
    answer.headers().allValues("set-cookie").stream()
        .filter(value -> value.startsWith(COOKIE))
        .forEach(value -> cookie = value.split(";", 2)[0]);
    // SOAP says 500 for a fault.
    if (answer.statusCode() != 200 && answer.statusCode() != 500) {
      throw notUnderstood(method, "HTTP " + answer.statusCode(), null);
    }
    try {
      return results(method, answer.body());
    } catch (IOException e) {
      throw notUnderstood(method, String.valueOf(e.getMessage()), e);
    }
  }

  private List<Element> results(String method, byte[] document) throws IOException, FaultAnswer {
    Element body =
        Xml.child(Xml.parse(document), "Body")
            .orElseThrow(() -> new IOException("there is no SOAP body"));
    List<Element> content = Xml.children(body);
    if (content.isEmpty()) {
      throw new IOException("the SOAP body is empty");
    }
    Element first = content.get(0);
    if (first.getLocalName().equals("Fault")) {
      throw fault(first);
    }
    if (!first.getLocalName().equals(method + "Response")) {
      throw new IOException("it answers something else: " + first.getLocalName());
    }
    return Xml.children(first);
  }

  private static FaultAnswer fault(Element fault) {
    String text = Xml.child(fault, "faultstring").map(Element::getTextContent).orElse("").strip();
    Optional<Element> detail =
        Xml.child(fault, "detail").flatMap(one -> Xml.children(one).stream().findFirst());
    if (detail.isEmpty()) {
      return new FaultAnswer("SoapFault", text);
    }
    String said = detail.get().getAttributeNS(XSI, "type");
    String type =
        said.isEmpty()
            ? detail.get().getLocalName().replaceFirst("Fault$", "")
            : said.substring(said.indexOf(':') + 1);
    return new FaultAnswer(type, text);
  }

  private VsphereException notUnderstood(String method, String why, @Nullable Throwable cause) {
    return VsphereException.unanswered(
        web.server(),
        method + " was not answered as vCenter does: " + why,
        "Check that vCenter is at this address",
        false,
        cause);
  }
}
