package org.carepathway.ehr;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The FHIR API of one EHR, as it is asked and written to: signed in, within its budget, and left
 * alone for a while when it fails. Its threads are the caller's, which are never those of a
 * person's click.
 */
public final class EhrServer {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private final EhrSettings.Feed settings;
  private final String base;
  private final EhrHttp http;
  private final EhrCalls calls;

  EhrServer(EhrSettings.Feed settings, SmartKeys keys, Clock clock) {
    this.settings = settings;
    this.base = settings.base().toString().replaceFirst("/+$", "");
    this.http = new EhrHttp(settings, clock);
    this.calls = new EhrCalls(settings, http, keys, clock);
  }

  /**
   * Reads what an EHR has sent by itself as it reads answers.
   *
   * @throws IOException where it is no JSON
   */
  public static JsonNode json(byte[] content) throws IOException {
    return JSON.readTree(content);
  }

  /** What a reference to a resource of this EHR says without the EHR's address. */
  public String relative(String reference) {
    return reference.startsWith(base + '/') ? reference.substring(base.length() + 1) : reference;
  }

  /** How long an answer may take as a whole. */
  public Duration patience() {
    return settings.answer();
  }

  /** Without a slash at its end. */
  public String base() {
    return base;
  }

  /**
   * The first page of what a search finds; the next ones are asked by {@link #page}.
   *
   * @param parameters names and values, not encoded
   * @return a Bundle, its decimals as they came
   * @throws EhrFault where there is no such answer
   */
  public JsonNode search(String type, List<Map.Entry<String, String>> parameters) {
    String query =
        parameters.stream()
            .map(one -> encoded(one.getKey()) + '=' + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    return bundle(
        settings.search() == EhrSettings.Search.POST
            ? ask(URI.create(base + '/' + type + "/_search"), query)
            : ask(URI.create(base + '/' + type + '?' + query), null));
  }

  /**
   * A further page.
   *
   * @param address of a link {@code next}
   * @throws EhrFault also where it is at another host: our token is for this one
   */
  public JsonNode page(String address) {
    URI next = settings.base().resolve(address);
    if (!isSameHost(next)) {
      throw new EhrFault(
          EhrFault.Kind.NO_FHIR,
          "A link to the next page leads to another host (%s): the EHR must know its own address"
              .formatted(next.getHost()));
    }
    return bundle(ask(next, null));
  }

  /**
   * One resource as it is now.
   *
   * @throws EhrFault where it is not to be had
   */
  public JsonNode read(String type, String id) {
    JsonNode resource = ask(URI.create(base + '/' + type + '/' + encoded(id)), null);
    if (!resource.path("resourceType").asText().equals(type)) {
      throw new EhrFault(EhrFault.Kind.NO_FHIR, "The answer is no " + type);
    }
    return resource;
  }

  /**
   * What the EHR says that it can do.
   *
   * @throws EhrFault where it does not say
   */
  public JsonNode capability() {
    JsonNode statement = ask(URI.create(base + "/metadata"), null);
    if (!statement.path("resourceType").asText().equals("CapabilityStatement")) {
      throw new EhrFault(EhrFault.Kind.NO_FHIR, "The answer is no CapabilityStatement");
    }
    return statement;
  }

  /**
   * Writes a resource that the EHR does not have yet.
   *
   * @param ifNoneExist a search that finds it if it is there after all; null where the EHR knows no
   *     conditions
   * @return its id there; empty where the answer does not say it
   * @throws EhrFault where it is refused, or nobody knows whether it was written
   */
  public Optional<String> create(String type, String body, String ifNoneExist) {
    HttpResponse<byte[]> answer =
        calls.make(
            token ->
                http.write(
                    URI.create(base + '/' + type),
                    "POST",
                    body,
                    ifNoneExist == null ? Map.of() : Map.of("If-None-Exist", ifNoneExist),
                    token));
    return id(type, answer.headers().firstValue("Location").orElse(""))
        .or(() -> idOfBody(type, answer));
  }

  /**
   * Writes the next version of a resource.
   *
   * @param version that must be the present one; null where the EHR has none
   * @throws EhrFault where it is refused, or nobody knows whether it was written
   */
  public void update(String type, String id, String body, String version) {
    calls.make(
        token ->
            http.write(
                URI.create(base + '/' + type + '/' + encoded(id)),
                "PUT",
                body,
                version == null ? Map.of() : Map.of("If-Match", "W/\"" + version + '"'),
                token));
  }

  private static Optional<String> id(String type, String location) {
    Matcher named = Pattern.compile("/" + type + "/([A-Za-z0-9.-]+)").matcher('/' + location);
    return named.find() ? Optional.of(named.group(1)) : Optional.empty();
  }

  private static Optional<String> idOfBody(String type, HttpResponse<byte[]> answer) {
    try {
      JsonNode body = JSON.readTree(answer.body());
      return body != null && body.path("resourceType").asText().equals(type) && body.has("id")
          ? Optional.of(body.path("id").asText())
          : Optional.empty();
    } catch (IOException notSaid) {
      return Optional.empty();
    }
  }

  /** Whether a resource of an answer is an OperationOutcome with an error. */
  public static boolean isError(JsonNode resource) {
    return Outcomes.isOutcome(resource) && Outcomes.isError(resource);
  }

  /** The codes of an OperationOutcome; its texts may name a patient. */
  public static String said(JsonNode outcome) {
    return Outcomes.said(outcome);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private boolean isSameHost(URI address) {
    URI own = settings.base();
    return own.getScheme().equalsIgnoreCase(address.getScheme())
        && own.getHost().equalsIgnoreCase(address.getHost())
        && own.getPort() == address.getPort();
  }

  private static JsonNode bundle(JsonNode answer) {
    if (Outcomes.isOutcome(answer)) {
      throw new EhrFault(
          EhrFault.Kind.REFUSED, "Answered with an OperationOutcome" + Outcomes.said(answer));
    }
    if (!answer.path("resourceType").asText().equals("Bundle")) {
      throw new EhrFault(EhrFault.Kind.NO_FHIR, "The answer is no Bundle");
    }
    return answer;
  }

  private JsonNode ask(URI address, String form) {
    return calls.make(token -> http.ask(address, form, token), EhrServer::json);
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.contains("json")) {
      throw new EhrFault(
          EhrFault.Kind.NO_FHIR, "The answer is no FHIR: its type is " + shortened(type));
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException unreadable) {
      throw new EhrFault(EhrFault.Kind.NO_FHIR, "The answer cannot be read as JSON");
    }
  }

  private static String shortened(String type) {
    return type.isEmpty() ? "not said" : type.substring(0, Math.min(60, type.length()));
  }
}
