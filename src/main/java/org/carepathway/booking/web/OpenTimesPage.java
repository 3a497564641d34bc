package org.carepathway.booking.web;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.booking.OpenTimes;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The files of SMART Scheduling Links: a manifest, and one of each type. */
@RestController
@ConditionalOnProperty("carepathway.open-times.publish")
@RequestMapping("/scheduling")
class OpenTimesPage {

  private static final MediaType NDJSON = MediaType.parseMediaType("application/fhir+ndjson");

  /** How often somebody should ask. */
  private static final CacheControl OFTEN =
      CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

  private final OpenTimes times;
  private final FhirContext fhir;

  OpenTimesPage(OpenTimes times, FhirContext fhir) {
    this.times = times;
    this.fhir = fhir;
  }

  /**
   * @param transactionTime to the second, in UTC
   * @param request where this manifest is
   */
  record Manifest(
      String transactionTime, String request, List<Output> output, List<Output> error) {}

  /**
   * @param extension null where no state or region is set
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Output(String type, String url, Map<String, List<String>> extension) {}

  @GetMapping("/$bulk-publish")
  ResponseEntity<Manifest> manifest() {
    String base =
        ServletUriComponentsBuilder.fromCurrentContextPath().toUriString() + "/scheduling/";
    Map<String, List<String>> where =
        times.state().isBlank() ? null : Map.of("state", List.of(times.state()));
    List<Output> output =
        Stream.of("Location", "Schedule", "Slot")
            .map(type -> new Output(type, base + file(type), where))
            .toList();
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .cacheControl(OFTEN)
        .body(
            new Manifest(
                times.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                base + "$bulk-publish",
                output,
                List.of()));
  }

  @GetMapping("/locations.ndjson")
  ResponseEntity<String> locations() {
    return lines(times.locations());
  }

  @GetMapping("/schedules.ndjson")
  ResponseEntity<String> schedules() {
    return lines(times.schedules());
  }

  @GetMapping("/slots.ndjson")
  ResponseEntity<String> slots() {
    return lines(times.slots());
  }

  private static String file(String type) {
    return type.toLowerCase(Locale.ROOT) + "s.ndjson";
  }

  private ResponseEntity<String> lines(List<Resource> resources) {
    IParser parser = fhir.newJsonParser();
    return ResponseEntity.ok()
        .contentType(NDJSON)
        .cacheControl(OFTEN)
        .body(
            resources.stream()
                .map(each -> parser.encodeResourceToString(each) + '\n')
                .collect(Collectors.joining()));
  }
}
