package org.carepathway.demo.ehr;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.carepathway.fhir.Refusal;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;

/**
 * A small EHR that answers on this machine only, with what it has in memory. It is as strict as
 * real ones are: each question needs a token by SMART Backend Services, names a patient, and gets
 * pages; an app is started for its users only.
 */
public final class StrictEhr implements AutoCloseable {

  static final String CLIENT = "care-pathway";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final EhrRecords records;
  private final EhrTokens tokens;
  private final EhrHooks hooks;
  private final EhrApi api;
  private final EhrSignIn signIn;
  private final EhrDesk desk;

  private StrictEhr(
      HttpServer server,
      EhrRecords records,
      EhrManner manner,
      EhrTokens.KeySource keys,
      Supplier<URI> service,
      Clock clock) {
    this.server = server;
    this.records = records;
    this.tokens = keys == null ? null : new EhrTokens(CLIENT, base() + "/token", keys, clock);
    this.api = new EhrApi(base(), records, manner, tokens);
    this.hooks = new EhrHooks(issuer(), clock);
    this.signIn =
        new EhrSignIn(
            base(), CLIENT, () -> service.get().resolve("/launch/callback"), hooks, tokens, clock);
    this.desk = new EhrDesk(hooks, signIn, tokens, base(), service);
  }

  /**
   * @param port 0 for one that is free
   * @param service address of the care pathway service, which publishes its keys there
   */
  public static StrictEhr open(int port, Supplier<URI> service) throws IOException {
    Clock clock = Clock.systemUTC();
    return open(
        port,
        new EhrRecords(clock),
        EhrManner.PLAIN,
        () ->
            JWKSet.load(
                service.get().resolve("/.well-known/jwks.json").toURL(), 5000, 5000, 100_000),
        service,
        clock);
  }

  /**
   * @param keys of the client; null for an EHR that wants no token
   */
  static StrictEhr open(
      int port, EhrRecords records, EhrManner manner, EhrTokens.KeySource keys, Clock clock)
      throws IOException {
    return open(port, records, manner, keys, () -> URI.create("http://localhost/"), clock);
  }

  private static StrictEhr open(
      int port,
      EhrRecords records,
      EhrManner manner,
      EhrTokens.KeySource keys,
      Supplier<URI> service,
      Clock clock)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    StrictEhr ehr = new StrictEhr(server, records, manner, keys, service, clock);
    server.setExecutor(ehr.threads);
    server.createContext("/", ehr::answer);
    server.start();
    return ehr;
  }

  /** Address of its FHIR API. */
  public String base() {
    return issuer() + "/fhir";
  }

  /** How its tokens name it. */
  public String issuer() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  EhrHooks hooks() {
    return hooks;
  }

  EhrSignIn signIn() {
    return signIn;
  }

  /** A token that it lends for one call. */
  String lend() {
    return tokens.lend();
  }

  /** Stores a resource under its id. */
  public void put(Resource resource) {
    records.put(resource);
  }

  /** What others have written to it. */
  List<Resource> received() {
    return records.all().stream().filter(records::isReceived).toList();
  }

  /** All tokens end now. */
  void endTokens() {
    tokens.end();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange http) throws IOException {
    try (http) {
      EhrExchange exchange = new EhrExchange(http);
      try {
        answer(exchange);
      } catch (Refused refused) {
        exchange.send(
            refused.status(),
            "application/fhir+json",
            FhirContext.forR4Cached()
                .newJsonParser()
                .encodeResourceToString(
                    Refusal.outcome(
                        IssueType.fromCode(refused.code()), null, refused.getMessage())));
      }
    }
  }

  private void answer(EhrExchange exchange) throws IOException {
    if (EhrDesk.PATHS.contains(exchange.path())) {
      desk.answer(exchange);
      return;
    }
    switch (exchange.path()) {
      case "/" -> exchange.send(200, "text/html; charset=utf-8", EhrPage.of(records, base()));
      case "/jwks.json" -> exchange.send(200, "application/json", hooks.published());
      case "/fhir/.well-known/smart-configuration" ->
          exchange.send(200, "application/json", JSON.writeValueAsString(configuration()));
      case "/fhir/authorize" -> exchange.redirect(signIn.authorize(exchange.query()));
      case "/fhir/token" -> token(exchange);
      default -> api.answer(exchange);
    }
  }

  private Map<String, Object> configuration() {
    return Map.of(
        "issuer", base(),
        "jwks_uri", issuer() + "/jwks.json",
        "authorization_endpoint", base() + "/authorize",
        "token_endpoint", base() + "/token",
        "grant_types_supported", List.of("authorization_code", "client_credentials"),
        "code_challenge_methods_supported", List.of("S256"),
        "token_endpoint_auth_methods_supported", List.of("private_key_jwt"),
        "token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384"),
        "scopes_supported", List.of("system/*.cruds", "launch", "openid", "fhirUser"),
        "capabilities",
            List.of(
                "launch-ehr",
                "sso-openid-connect",
                "context-ehr-patient",
                "client-confidential-asymmetric",
                "permission-v2"));
  }

  private void token(EhrExchange exchange) throws IOException {
    try {
      Map<String, String> form = exchange.form();
      Map<String, Object> given =
          "authorization_code".equals(form.get("grant_type")) ? forUser(form) : tokens.give(form);
      exchange.send(200, "application/json", JSON.writeValueAsString(given));
    } catch (Refused refused) {
      exchange.send(
          refused.status(),
          "application/json",
          JSON.writeValueAsString(
              Map.of("error", refused.code(), "error_description", refused.getMessage())));
    }
  }

  private Map<String, Object> forUser(Map<String, String> form) {
    tokens.requireClient(form);
    return signIn.exchange(form);
  }
}
