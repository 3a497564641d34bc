package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.carepathway.RunningService;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.form.Population;
import org.carepathway.template.FhirPathContext;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An order of the EHR that points to a Medication is asked as the blood thinner that it is. */
class DrugsOfTheEhrTest extends RunningService {

  @Autowired private Population population;
  @Autowired private Catalogue catalogue;

  @Test
  void aStoredMedicationIsReadByItsIngredient() throws Exception {
    Door ehr = new Door(port(), "ehr");
    String patient = new FhirClient(port()).sendPatient("cole-ted.json");
    Medication brand = new Medication();
    brand.getCode().setText("Brand X");
    brand.addIngredient().setItem(new CodeableConcept().setText("Rivaroxaban"));
    Medication stored = Door.parse(Medication.class, ehr.send("POST", "Medication", brand).body());
    MedicationRequest order =
        new MedicationRequest()
            .setStatus(MedicationRequestStatus.ACTIVE)
            .setIntent(MedicationRequestIntent.ORDER)
            .setMedication(new Reference("Medication/" + stored.getIdElement().getIdPart()))
            .setSubject(new Reference("Patient/" + new IdType(patient).getIdPart()));
    assertThat(ehr.send("POST", "MedicationRequest", order).statusCode()).isEqualTo(201);

    PathwayContent content =
        catalogue.offered().stream()
            .filter(some -> some.forms().containsKey("work-up|1.0.0"))
            .findFirst()
            .orElseThrow();
    FhirPathContext context =
        FhirPathContext.at(ZonedDateTime.now())
            .with("patient", new Patient().setId(new IdType(patient).getIdPart()))
            .with("kinds", content.kinds())
            .with("policy", content.policy().parameters().getParameter());
    for (String name : List.of("record", "referral", "carePlan", "episode", "user", "activity")) {
      context = context.with(name, List.of());
    }
    QuestionnaireResponse form = population.populate(content.form("work-up|1.0.0"), context);

    assertThat(items(form.getItem()))
        .filteredOn(item -> item.getLinkId().equals("thinners-on-file"))
        .extracting(item -> item.getAnswerFirstRep().getValue().primitiveValue())
        .singleElement()
        .asString()
        .contains("Brand X");
  }

  private static Stream<QuestionnaireResponseItemComponent> items(
      List<QuestionnaireResponseItemComponent> items) {
    return items.stream().flatMap(item -> Stream.concat(Stream.of(item), items(item.getItem())));
  }
}
