package org.carepathway.ehr;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.stream.Collectors;

/**
 * The FHIR API of one EHR, as it is asked and written to: signed in, within its budget, and left
 * alone for a while when it fails. Its threads are the caller's, which are never those of a
 * person's click.
 */
public final class EhrServer {

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
    return EhrAnswers.read(content);
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
    return EhrAnswers.bundle(
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
    return EhrAnswers.bundle(ask(next, null));
  }

  /**
   * One resource as it is now.
   *
   * @throws EhrFault where it is not to be had
   */
  public JsonNode read(String type, String id) {
    return EhrAnswers.of(type, ask(URI.create(base + '/' + type + '/' + encoded(id)), null));
  }

  /**
   * What the EHR says that it can do.
   *
   * @throws EhrFault where it does not say
   */
  public JsonNode capability() {
    return EhrAnswers.of("CapabilityStatement", ask(URI.create(base + "/metadata"), null));
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
    return EhrAnswers.id(type, answer);
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

  private JsonNode ask(URI address, String form) {
    return calls.make(token -> http.ask(address, form, token), EhrAnswers::json);
  }
}
