package org.carepathway.ehr;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.springframework.util.unit.DataSize;

/** Reads EHRs with a token that one lends for a single call of ours, as CDS Hooks does. */
public final class LentAccess {

  private static final int MOST_PAGES = 20;

  private final EhrHttp http;

  /**
   * @param answer how long an answer may take as a whole
   * @param largest an answer
   */
  public LentAccess(Duration answer, DataSize largest) {
    this.http = new EhrHttp(answer, answer, largest, Clock.systemUTC());
  }

  /**
   * @param base of the FHIR API
   * @param relative such as {@code Patient/1} or {@code MedicationRequest?patient=1}
   * @throws EhrFault where there is no such answer
   */
  public JsonNode get(String base, String relative, String token) {
    return json(http.ask(URI.create(base + '/' + relative), null, token));
  }

  /**
   * The pages that follow one, the next one first asked for when it is taken.
   *
   * @param page a Bundle
   * @return the last page that was read has no {@code next}; each is given to {@code taken}
   */
  public void further(String base, JsonNode page, String token, Consumer<JsonNode> taken) {
    JsonNode last = page;
    for (int i = 0; i < MOST_PAGES; i++) {
      Optional<String> next = next(last);
      if (next.isEmpty()) {
        return;
      }
      URI address = URI.create(base + '/').resolve(next.get());
      if (!isSameHost(URI.create(base), address)) {
        throw new EhrFault(EhrFault.Kind.NO_FHIR, "A link to the next page leads to another host");
      }
      last = json(http.ask(address, null, token));
      taken.accept(last);
    }
    throw new EhrFault(EhrFault.Kind.REFUSED, "There are more than %d pages".formatted(MOST_PAGES));
  }

  /** The address of the page after this one; empty where it is the last. */
  public static Optional<String> next(JsonNode page) {
    return StreamSupport.stream(page.path("link").spliterator(), false)
        .filter(link -> link.path("relation").asText().equals("next"))
        .map(link -> link.path("url").asText())
        .findFirst();
  }

  private static boolean isSameHost(URI own, URI address) {
    return own.getScheme().equalsIgnoreCase(address.getScheme())
        && own.getHost().equalsIgnoreCase(address.getHost())
        && own.getPort() == address.getPort();
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    try {
      JsonNode read = EhrServer.json(answer.body());
      if (read != null && read.has("resourceType")) {
        return read;
      }
    } catch (IOException noJson) {
      throw new EhrFault(EhrFault.Kind.NO_FHIR, "The answer cannot be read as JSON");
    }
    throw new EhrFault(EhrFault.Kind.NO_FHIR, "The answer is no FHIR");
  }
}
