package org.carepathway.fhirfeed;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.junit.jupiter.api.Test;

/** What counts as said otherwise. */
class HereAndThereTest {

  private static MedicationRequest order() {
    MedicationRequest order = new MedicationRequest();
    order.setStatus(MedicationRequestStatus.ACTIVE);
    order.getMedicationCodeableConcept().setText("Apixaban 5 mg");
    order.getEncounter().setReference("Encounter/1");
    return order;
  }

  @Test
  void eachElementThatDiffersIsSaidHereAndThere() {
    MedicationRequest there = order().setStatus(MedicationRequestStatus.STOPPED);
    there.addNote().setText("Bleeding");
    assertThat(HereAndThere.said(order(), there))
        .isEqualTo(
            "note: nothing, there [{\"text\":\"Bleeding\"}]\n"
                + "status: \"active\", there \"stopped\"");
    assertThat(HereAndThere.said(there, order())).contains("note: [", "there nothing");
  }

  @Test
  void theSameThingUnderAnotherAddressOrIdIsTheSame() {
    MedicationRequest there = order();
    there.setId("77");
    there.getMeta().setVersionId("3");
    there.getEncounter().setReference(null).getIdentifier().setValue("http://ehr/Encounter/1");
    assertThat(HereAndThere.said(order(), there)).isEmpty();
  }
}
