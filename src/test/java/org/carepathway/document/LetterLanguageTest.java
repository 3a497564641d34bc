package org.carepathway.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Patients read in their own language, all others in that of the site. */
class LetterLanguageTest extends RunningService {

  private static final Locale SPANISH = Locale.forLanguageTag("es");

  @Autowired private Wording wording;
  @Autowired private Pages pages;
  @Autowired private Pathways pathways;
  @Autowired private TransactionTemplate transaction;

  @Test
  void thePreferredLanguageCountsWhereItIsOffered() {
    assertThat(wording.of(speaks("en-US", "es-MX"))).isEqualTo(Locale.forLanguageTag("es-MX"));
    assertThat(wording.of(speaks("en-US"))).hasToString("en_US");
    assertThat(wording.of(speaks("en-US", "ko"))).hasToString("en_US");
    assertThat(wording.of(speaks("ko"))).isEqualTo(wording.ofSite()).isEqualTo(Locale.ENGLISH);
    assertThat(wording.of(new Patient())).isEqualTo(Locale.ENGLISH);
  }

  @Test
  void aSheetIsInSpanishFromTheHeadToTheLastLine() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String patient = fhir.sendPatient("soria-jose-emilio.json");
    String referral = fhir.refer(patient).getIdElement().getIdPart();
    Page page =
        transaction.execute(
            status -> {
              OpenPathway open =
                  pathways.view(pathways.ofReferral(referral).orElseThrow().id()).orElseThrow();
              CommunicationRequest message = message(patient);
              wording.put(message, wording.of(open.patient()));
              return pages.of(open, message, List.of("discharge"));
            });
    assertThat(page.locale()).isEqualTo(SPANISH);
    assertThat(page.title()).isEqualTo("Alta tras el tratamiento con cemento óseo");
    assertThat(page.from()).isEqualTo("Ruta asistencial de la vertebroplastia");
    assertThat(page.date()).isEqualTo("22 de noviembre de 2026");
    assertThat(page.patient()).anyMatch(line -> line.matches("Nacimiento: \\d+ de \\w+ de \\d+"));
    assertThat(page.paragraphs())
        .containsExactly(
            "Tratamiento con cemento óseo el 20 de noviembre de 2026: completado según lo"
                + " previsto.");
    assertThat(page.texts()).singleElement().asString().contains("<h2>El primer día</h2>");
    assertThat(pages.html(page)).contains("<html lang=\"es\"", ">Paciente</th>", ">Fecha</th>");
  }

  private static CommunicationRequest message(String patient) {
    CommunicationRequest message = new CommunicationRequest();
    message.addReasonCode().setText("Going home after bone cement treatment");
    message.addRecipient(new Reference("Patient/" + patient));
    message.getAuthoredOnElement().setValueAsString("2026-11-22T12:00:00Z");
    message
        .addPayload()
        .setContent(new StringType("Bone cement treatment on 2026-11-20: completed as planned."));
    return message;
  }

  /** The last one is the preferred one. */
  private static Patient speaks(String... languages) {
    Patient patient = new Patient();
    for (int i = 0; i < languages.length; i++) {
      patient
          .addCommunication()
          .setLanguage(new CodeableConcept(new Coding("urn:ietf:bcp:47", languages[i], null)))
          .setPreferred(i > 0 && i == languages.length - 1);
    }
    return patient;
  }
}
