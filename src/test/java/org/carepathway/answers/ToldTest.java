package org.carepathway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** Whom answers name as their source. */
class ToldTest {

  private static final String RELATIVE = "RelatedPerson/1";
  private static final String PATIENT = "Patient/1";

  @Test
  void aRelativeWhoToldAScoreIsTheSource() {
    List<Resource> score = List.of(new Observation().addPerformer(new Reference(RELATIVE)));

    assertThat(source(null, score)).isEqualTo(RELATIVE);
    assertThat(source(PATIENT, score)).isEqualTo(RELATIVE);
  }

  @Test
  void whatASenderSaysOfThePatientStaysAndARelativeWhoToldNothingGoes() {
    List<Resource> score = List.of(new Observation().addPerformer(new Reference(PATIENT)));

    assertThat(source(PATIENT, score)).isEqualTo(PATIENT);
    assertThat(source("Practitioner/1", List.of())).isEqualTo("Practitioner/1");
    assertThat(source(RELATIVE, score)).isNull();
    assertThat(source(null, score)).isNull();
  }

  private static String source(String sent, List<Resource> extracted) {
    QuestionnaireResponse answers = new QuestionnaireResponse();
    if (sent != null) {
      answers.setSource(new Reference(sent));
    }
    Told.by(extracted, answers);
    return answers.getSource().getReference();
  }
}
