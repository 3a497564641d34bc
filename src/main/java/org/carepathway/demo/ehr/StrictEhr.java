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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
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
 * pages.
 */
public final class StrictEhr implements AutoCloseable {

  static final String CLIENT = "care-pathway";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final EhrRecords records;
  private final EhrTokens tokens;
  private final EhrSearch search;
  private final EhrHooks hooks;
  private final EhrWrites writes;

  private StrictEhr(
      HttpServer server,
      EhrRecords records,
      EhrManner manner,
      EhrTokens.KeySource keys,
      Clock clock) {
    this.server = server;
    this.records = records;
    this.writes = new EhrWrites(records, manner);
    this.tokens = keys == null ? null : new EhrTokens(CLIENT, base() + "/token", keys, clock);
    this.search = new EhrSearch(records, base(), manner.needsPatient());
    this.hooks = new EhrHooks(issuer(), clock);
  }

  /**
   * @param port 0 for one that is free
   * @param jwks where the client publishes its keys
   */
  public static StrictEhr open(int port, Supplier<URI> jwks) throws IOException {
    Clock clock = Clock.systemUTC();
    return open(
        port,
        new EhrRecords(clock),
        EhrManner.PLAIN,
        () -> JWKSet.load(jwks.get().toURL(), 5000, 5000, 100_000),
        clock);
  }

  /**
   * @param keys of the client; null for an EHR that wants no token
   */
  static StrictEhr open(
      int port, EhrRecords records, EhrManner manner, EhrTokens.KeySource keys, Clock clock)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    StrictEhr ehr = new StrictEhr(server, records, manner, keys, clock);
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

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      try {
        if (path.equals("/")) {
          send(exchange, 200, "text/html; charset=utf-8", EhrPage.of(records, base()));
        } else if (path.equals("/jwks.json")) {
          send(exchange, 200, "application/json", hooks.published());
        } else if (path.equals("/fhir/.well-known/smart-configuration")) {
          send(exchange, 200, "application/json", JSON.writeValueAsString(configuration()));
        } else if (path.equals("/fhir/token")) {
          token(exchange);
        } else {
          fhir(exchange, path);
        }
      } catch (Refused refused) {
        send(
            exchange,
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

  private Map<String, Object> configuration() {
    return Map.of(
        "token_endpoint", base() + "/token",
        "grant_types_supported", List.of("client_credentials"),
        "token_endpoint_auth_methods_supported", List.of("private_key_jwt"),
        "token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384"),
        "scopes_supported", List.of("system/*.cruds"),
        "capabilities", List.of("client-confidential-asymmetric", "permission-v2"));
  }

  private void token(HttpExchange exchange) throws IOException {
    try {
      Map<String, Object> given = tokens.give(form(body(exchange)));
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      send(exchange, 200, "application/json", JSON.writeValueAsString(given));
    } catch (Refused refused) {
      send(
          exchange,
          refused.status(),
          "application/json",
          JSON.writeValueAsString(
              Map.of("error", refused.code(), "error_description", refused.getMessage())));
    }
  }

  private void fhir(HttpExchange exchange, String path) throws IOException {
    String[] parts = path.split("/");
    if (parts.length == 3 && parts[2].equals("metadata")) {
      resource(exchange, 200, writes.capability());
      return;
    }
    boolean isSearch = parts.length == 4 && parts[3].equals("_search");
    boolean isWrite = !exchange.getRequestMethod().equals("GET") && !isSearch;
    requireToken(exchange, isWrite);
    if (isWrite) {
      write(exchange, parts);
      return;
    }
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, String> asked = form(query == null ? "" : query);
    Resource answer;
    if (parts.length == 3 && parts[2].equals("_page")) {
      answer = search.page(asked.getOrDefault("token", ""));
    } else if (parts.length == 3) {
      answer = search.search(parts[2], asked);
    } else if (isSearch) {
      asked.putAll(form(body(exchange)));
      answer = search.search(parts[2], asked);
    } else if (parts.length == 4) {
      answer =
          records
              .read(parts[2], parts[3])
              .orElseThrow(() -> new Refused(404, "not-found", "There is no such resource"));
    } else {
      throw new Refused(404, "not-found", "There is nothing at this address");
    }
    resource(exchange, 200, answer);
  }

  private void requireToken(HttpExchange exchange, boolean isWrite) {
    if (tokens == null) {
      return;
    }
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    if (sent == null || !sent.startsWith("Bearer ") || !tokens.isGood(sent.substring(7))) {
      throw new Refused(401, "login", "A token is needed");
    }
    if (isWrite && !tokens.mayWrite(sent.substring(7))) {
      throw new Refused(403, "forbidden", "The token has no scope to write");
    }
  }

  private void write(HttpExchange exchange, String[] parts) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.contains("json")) {
      throw new Refused(415, "not-supported", "JSON only");
    }
    String body = body(exchange);
    if (exchange.getRequestMethod().equals("POST") && parts.length == 3) {
      EhrWrites.Answer answer =
          writes.create(parts[2], body, exchange.getRequestHeaders().getFirst("If-None-Exist"));
      exchange
          .getResponseHeaders()
          .set(
              "Location",
              base()
                  + '/'
                  + answer.resource().fhirType()
                  + '/'
                  + answer.resource().getIdElement().getIdPart()
                  + "/_history/1");
      resource(exchange, answer.isNew() ? 201 : 200, answer.resource());
    } else if (exchange.getRequestMethod().equals("PUT") && parts.length == 4) {
      resource(
          exchange,
          200,
          writes.update(
              parts[2], parts[3], body, exchange.getRequestHeaders().getFirst("If-Match")));
    } else {
      throw new Refused(405, "not-supported", "Neither a create nor an update");
    }
  }

  private static void resource(HttpExchange exchange, int status, Resource resource)
      throws IOException {
    send(
        exchange,
        status,
        "application/fhir+json; charset=utf-8",
        FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource));
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Map<String, String> form(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String one : text.split("&")) {
      int equals = one.indexOf('=');
      if (equals > 0) {
        values.put(decoded(one.substring(0, equals)), decoded(one.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
