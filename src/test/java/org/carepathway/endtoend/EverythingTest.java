package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A patient's whole record, page by page, while others write to it. */
class EverythingTest extends RunningService {

  private static final int MEASURED = 25;

  private final String word = UUID.randomUUID().toString().substring(0, 8);
  private Door door;
  private String patient;

  @BeforeEach
  void send() throws Exception {
    door = new Door(port(), "ehr");
    Patient sent = new Patient();
    sent.addName().setFamily("Entera");
    patient =
        Door.parse(Patient.class, door.send("POST", "Patient", sent).body())
            .getIdElement()
            .getIdPart();
    for (int i = 0; i < MEASURED; i++) {
      measure(number(i));
    }
  }

  @Test
  void whatIsWrittenBetweenTwoPagesMovesNothingToAnother() throws Exception {
    List<String> found = new ArrayList<>();
    Bundle page = page("Patient/" + patient + "/$everything?_count=10");
    for (int i = 0; page != null && i < MEASURED; i++) {
      page.getEntry()
          .forEach(
              entry ->
                  found.add(
                      entry.getResource().getIdElement().toUnqualifiedVersionless().getValue()));
      measure(number(i) + ".later");
      measure("a-" + word + i);
      measure("z-" + word + i);
      page =
          page.getLink("next") == null
              ? null
              : page(page.getLink("next").getUrl().replaceFirst(".*/fhir/", ""));
    }
    assertThat(found).doesNotHaveDuplicates().contains("Patient/" + patient);
    assertThat(found)
        .containsAll(
            IntStream.range(0, MEASURED).mapToObj(i -> "Observation/" + number(i)).toList())
        .contains("Observation/z-" + word + "0")
        .doesNotContain("Observation/a-" + word + "0");
  }

  @Test
  void onlyTheLinkOfAPageLeadsOn() throws Exception {
    for (String odd :
        List.of("x", "Observation", "Observation/", "Basic/1", "/", "%23", "urn:uuid:1")) {
      HttpResponse<String> answer = door.get("Patient/" + patient + "/$everything?_after=" + odd);
      assertThat(answer.statusCode()).as(odd + answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("_after", "next");
    }
    assertThat(page("Patient/" + patient + "/$everything?_after=Task/zzz").getEntry()).isEmpty();
  }

  private String number(int i) {
    return "m-%s%02d".formatted(word, i);
  }

  private void measure(String id) throws Exception {
    Observation measured = new Observation();
    measured.setId(id);
    measured.setStatus(ObservationStatus.FINAL);
    measured.getCode().setText("counted");
    measured.setSubject(new Reference("Patient/" + patient));
    HttpResponse<String> answer = door.send("PUT", "Observation/" + id, measured);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private Bundle page(String address) throws Exception {
    HttpResponse<String> answer = door.get(address);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Door.parse(Bundle.class, answer.body());
  }
}
