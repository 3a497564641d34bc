package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.carepathway.RunningService;
import org.carepathway.booking.OpenTimesSettings;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Capacity;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** SMART Scheduling Links: a manifest and its files, as its Slot Publisher API has them. */
class OpenTimesTest extends RunningService {

  private static final String TIMESTAMP =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)";

  @Autowired private Capacity capacity;
  @Autowired private Clock clock;
  @Autowired private FhirContext fhir;
  @Autowired private ObjectMapper json;

  private List<Actor> actors;
  private Actor room;

  @BeforeEach
  void setUp() {
    actors = ToTheBooking.setUp(capacity, LocalDate.now(clock)).toList();
    room = actors.stream().filter(each -> each.kind().equals("room")).findFirst().orElseThrow();
  }

  @AfterEach
  void takeOutOfUse() {
    actors.forEach(actor -> capacity.retire(actor.id()));
  }

  @Test
  void anybodyFollowsTheManifestToTheFreeTimesOfTheRooms() throws Exception {
    HttpResponse<String> answer = get(path("/scheduling/$bulk-publish"), "application/json");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("max-age=300, public");
    JsonNode manifest = json.readTree(answer.body());
    assertThat(manifest.get("transactionTime").asText()).matches(TIMESTAMP);
    assertThat(manifest.get("request").asText()).isEqualTo(path("/scheduling/$bulk-publish"));
    assertThat(manifest.get("output").findValuesAsText("type"))
        .containsExactly("Location", "Schedule", "Slot");
    assertThat(manifest.get("output").get(0).at("/extension/state/0").asText()).isEqualTo("MA");
    assertThat(manifest.get("error")).isEmpty();

    IParser parser = fhir.newJsonParser();
    String id = room.reference().replaceAll(".*/", "");
    Location location =
        lines(manifest, 0).stream()
            .map(line -> parser.parseResource(Location.class, line))
            .filter(each -> each.getIdElement().getIdPart().equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(location.getName()).isEqualTo("Angio 7");
    assertThat(location.getIdentifier()).hasSize(1);
    assertThat(location.getTelecomFirstRep().getValue()).isEqualTo("555-0100");
    assertThat(location.getAddress().getLine().get(0).getValue()).isEqualTo("1 Sample Street");
    assertThat(location.getAddress().getPostalCode()).isEqualTo("01000");
    assertThat(lines(manifest, 1).stream().map(line -> parser.parseResource(Schedule.class, line)))
        .anyMatch(each -> each.getActorFirstRep().getReference().equals("Location/" + id))
        .allMatch(each -> each.getActor().size() == 1 && each.hasServiceType());

    List<String> slots = lines(manifest, 2);
    assertThat(slots.stream().map(line -> parser.parseResource(Slot.class, line)))
        .filteredOn(slot -> slot.getSchedule().getReference().equals("Schedule/" + id))
        .isNotEmpty()
        .allMatch(slot -> slot.getEnd().toInstant().isAfter(clock.instant()))
        .allMatch(
            slot -> slot.getStart().toInstant().isBefore(clock.instant().plus(Duration.ofDays(28))))
        .filteredOn(slot -> slot.getStatus() == SlotStatus.FREE)
        .allMatch(slot -> slot.getExtension().get(0).getUrl().endsWith("/booking-phone"));
    assertThat(slots)
        .allSatisfy(
            line -> {
              JsonNode slot = json.readTree(line);
              assertThat(slot.get("start").asText()).matches(TIMESTAMP);
              assertThat(slot.get("id").asText()).matches("[A-Za-z0-9.-]{1,64}");
              assertThat(slot.get("status").asText()).isIn("free", "busy");
              assertThat(slot.has("comment")).isFalse();
            });
    assertThat(String.join("", slots)).doesNotContain("Patient/", "Dr Sample");
  }

  @Test
  void theFilesAreLinesWhateverIsAccepted() throws Exception {
    for (String accept : List.of("application/fhir+ndjson", "*/*")) {
      HttpResponse<String> answer = get(path("/scheduling/slots.ndjson"), accept);
      assertThat(answer.statusCode()).as(accept).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/fhir+ndjson");
    }
  }

  @Test
  void publishingNeedsAnAddress() {
    assertThat(new OpenTimesSettings(false, null, null, null, null, null, null).publish())
        .isFalse();
    assertThatThrownBy(
            () -> new OpenTimesSettings(true, Duration.ofDays(1), "1", " ", null, "2", "3"))
        .hasMessageContaining("city");
  }

  private List<String> lines(JsonNode manifest, int file) throws Exception {
    String url = manifest.get("output").get(file).get("url").asText();
    return get(url, "application/fhir+ndjson").body().lines().toList();
  }

  private String path(String path) {
    return "http://localhost:" + port() + path;
  }

  private static HttpResponse<String> get(String url, String accept) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).header("Accept", accept).build(),
            BodyHandlers.ofString());
  }
}
