package org.carepathway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether each system has each thing once, as it was written last, and nothing else. */
final class Received {

  private static final Pattern WRITTEN = Pattern.compile("Written and read again: (\\S+)\\.");

  /** What is another one there, or is looked at by itself. */
  private static final List<String> THEIRS = List.of("id", "meta", "subject", "participant");

  private final JdbcTemplate jdbc;

  Received(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param last subject to the resource as it was written last
   * @param there what the EHR has been given
   */
  void judge(String site, Map<String, DomainResource> last, List<Resource> there) {
    assertThat(there.stream().map(Received::name))
        .as("%s has each thing that was written there once", site)
        .containsExactlyInAnyOrderElementsOf(written(site));
    Map<String, Resource> byName =
        there.stream().collect(Collectors.toMap(Received::name, Function.identity()));
    last.forEach(
        (subject, resource) ->
            natives(site, subject)
                .forEach(
                    id ->
                        assertThat(
                                Same.holds(
                                    content(resource),
                                    FhirCourier.json(json((DomainResource) byName.get(id)))))
                            .as("%s has %s as %s", site, json(resource), json(byName.get(id)))
                            .isTrue()));
  }

  /** Names of what was written there: as resources, and each time that one was told in words. */
  private List<String> written(String site) {
    Stream<String> natives =
        jdbc
            .queryForList(
                "select native_id from outbox_written where site = ? and native_id is not null",
                String.class,
                site)
            .stream();
    Stream<String> words =
        jdbc
            .queryForList(
                "select said from outbox_entry where site = ? and rung in ('document', 'communication')",
                String.class,
                site)
            .stream()
            .map(WRITTEN::matcher)
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1));
    return Stream.concat(natives, words).toList();
  }

  /** Its name there, where the last of it was sent as the resource it is. */
  private List<String> natives(String site, String subject) {
    return jdbc.queryForList(
        "select ehr_id from outbox_written where site = ? and subject = ? and rung = 'native'",
        String.class,
        site,
        subject);
  }

  private static ObjectNode content(DomainResource resource) {
    ObjectNode content = (ObjectNode) FhirCourier.json(json(resource));
    return content.remove(THEIRS);
  }

  private static String json(Resource resource) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
  }

  private static String name(Resource resource) {
    return resource.fhirType() + '/' + resource.getIdElement().getIdPart();
  }

  /**
   * Each entry is one message, those of a patient in the order in which they were written.
   *
   * @param taken control id to message
   */
  void judgeMessages(Map<String, String> taken) {
    List<Long> entries =
        jdbc.queryForList(
            "select id from outbox_entry where site = 'hl7' and rung = 'message' and said like 'Acknowledged%'",
            Long.class);
    assertThat(taken.keySet().stream().map(Received::entry))
        .containsExactlyInAnyOrderElementsOf(entries);
    Map<String, List<Long>> ofPatient = new LinkedHashMap<>();
    taken
        .keySet()
        .forEach(
            id ->
                ofPatient
                    .computeIfAbsent(patient(entry(id)), patient -> new java.util.ArrayList<>())
                    .add(entry(id)));
    assertThat(ofPatient.values()).allSatisfy(sent -> assertThat(sent).isSorted());
  }

  private String patient(long entry) {
    return jdbc.queryForObject(
        "select patient from outbox_entry where id = ?", String.class, entry);
  }

  private static long entry(String controlId) {
    return Long.parseLong(controlId.substring(2).toLowerCase(Locale.ROOT), Character.MAX_RADIX);
  }
}
