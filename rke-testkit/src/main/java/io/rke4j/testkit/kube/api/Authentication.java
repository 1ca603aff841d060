package io.rke4j.testkit.kube.api;

import com.sun.net.httpserver.HttpsExchange;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.store.KubeStore;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Finds out who makes a request: by a client certificate, whose common name is the user and whose
 * organizations are the groups, or by a bearer token. There are no anonymous users, as RKE sets it.
 */
final class Authentication {

  private static final String BEARER = "Bearer ";

  private final ClientTrust clients;
  private final Map<String, Caller> tokens;
  private final KubeStore store;

  Authentication(ClientTrust clients, Map<String, Caller> tokens, KubeStore store) {
    this.clients = clients;
    this.tokens = Map.copyOf(tokens);
    this.store = store;
  }

  Optional<Caller> of(HttpsExchange exchange) {
    return byCertificate(exchange).or(() -> byToken(exchange));
  }

  private Optional<Caller> byCertificate(HttpsExchange exchange) {
    try {
      Certificate[] chain = exchange.getSSLSession().getPeerCertificates();
      return chain.length > 0
              && chain[0] instanceof X509Certificate certificate
              && clients.accepts(certificate)
          ? Optional.of(caller(certificate))
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private static Caller caller(X509Certificate certificate) {
    String name = "";
    List<String> groups = new ArrayList<>();
    try {
      String subject = certificate.getSubjectX500Principal().getName();
      for (Rdn part : new LdapName(subject).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          name = String.valueOf(part.getValue());
        } else if (part.getType().equalsIgnoreCase("O")) {
          groups.add(String.valueOf(part.getValue()));
        }
      }
    } catch (InvalidNameException e) {
      throw new IllegalStateException("a name of X.500 that the JDK wrote cannot be read", e);
    }
    return new Caller(name, groups);
  }

  private Optional<Caller> byToken(HttpsExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null || !header.startsWith(BEARER)) {
      return Optional.empty();
    }
    String token = header.substring(BEARER.length()).strip();
    return Optional.ofNullable(tokens.get(token)).or(() -> byAccount(token));
  }

  /** The tokens of service accounts are Secrets, and those that were asked for. */
  private Optional<Caller> byAccount(String token) {
    Optional<Caller> requested = IssuedTokens.accountOf(store, token);
    String encoded = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    return requested.or(
        () ->
            store.list(store.types().get("", "secrets"), "").items().stream()
                .filter(one -> one.path("type").asText().endsWith("/service-account-token"))
                .filter(one -> one.path("data").path("token").asText().equals(encoded))
                .flatMap(
                    one ->
                        Meta.annotation(one, "kubernetes.io/service-account.name").stream()
                            .map(account -> account(Meta.namespace(one), account)))
                .findFirst());
  }

  static Caller account(String namespace, String name) {
    return new Caller(
        "system:serviceaccount:" + namespace + ":" + name,
        List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace));
  }

  /** As in the status of a TokenReview. */
  static com.fasterxml.jackson.databind.JsonNode user(Caller caller) {
    return Json.tree(Map.of("username", caller.name(), "groups", caller.groups()));
  }
}
