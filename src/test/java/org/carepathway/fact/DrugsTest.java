package org.carepathway.fact;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.impl.memory.InMemoryFhirRepository;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** An order names its drug, whichever of the ways of R4 the sender took. */
class DrugsTest {

  private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";

  private final InMemoryFhirRepository store =
      InMemoryFhirRepository.emptyRepository(FhirContext.forR4Cached());

  private static Medication warfarin() {
    Medication medication = new Medication();
    medication.setId("w");
    medication.getCode().addCoding(new Coding(RXNORM, "855332", "Warfarin 5 MG"));
    return medication;
  }

  private Resource named(Resource order) {
    Bundle found = new Bundle();
    found.addEntry().setResource(order);
    return new Drugs(store).named(found).getEntryFirstRep().getResource();
  }

  private static List<String> codes(CodeableConcept drug) {
    return drug.getCoding().stream().map(Coding::getCode).toList();
  }

  @Test
  void aStoredMedication() {
    store.update(warfarin());
    MedicationRequest order = new MedicationRequest();
    order.setMedication(new Reference("Medication/w").setDisplay("Coumadin"));

    MedicationRequest named = (MedicationRequest) named(order);

    assertThat(codes(named.getMedicationCodeableConcept())).containsExactly("855332");
    assertThat(named.getMedicationCodeableConcept().getText()).isEqualTo("Coumadin");
    assertThat(order.hasMedicationReference()).as("what was found is not changed").isTrue();
  }

  @Test
  void aContainedMedication() {
    MedicationStatement statement = new MedicationStatement();
    Medication contained = warfarin();
    contained.setId("#w");
    statement.addContained(contained);
    statement.setMedication(new Reference("#w"));

    assertThat(codes(((MedicationStatement) named(statement)).getMedicationCodeableConcept()))
        .containsExactly("855332");
  }

  @Test
  void aBrandIsKnownByWhatIsInIt() {
    Medication brand = new Medication();
    brand.setId("b");
    brand.getCode().setText("Jantoven");
    brand
        .addIngredient()
        .setItem(new CodeableConcept().addCoding(new Coding(RXNORM, "11289", "warfarin")));
    brand.addIngredient().setItem(new CodeableConcept().setText("lactose"));
    store.update(brand);
    MedicationRequest order = new MedicationRequest();
    order.setMedication(new Reference("Medication/b"));

    CodeableConcept drug = ((MedicationRequest) named(order)).getMedicationCodeableConcept();

    assertThat(drug.getText()).isEqualTo("Jantoven");
    assertThat(drug.getCoding())
        .extracting(Coding::getDisplay)
        .containsExactly("warfarin", "lactose");
  }

  @Test
  void oneThatIsNotThereStaysAReferenceWhichPagesShow() {
    for (String reference : List.of("Medication/none", "#none", "Group/1", "urn:uuid:1")) {
      MedicationRequest order = new MedicationRequest();
      order.setMedication(new Reference(reference));
      assertThat(((MedicationRequest) named(order)).getMedicationReference().getReference())
          .isEqualTo(reference);
    }
  }

  @Test
  void anOrderThatNamesItsDrugIsLeftAsItIs() {
    MedicationRequest order = new MedicationRequest();
    order.setMedication(new CodeableConcept().setText("aspirin"));
    assertThat(named(order)).isSameAs(order);
    assertThat(named(new MedicationRequest())).isInstanceOf(MedicationRequest.class);
  }
}
