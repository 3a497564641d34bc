package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.repository.IRepository;
import java.util.List;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.FHIRDeviceStatus;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A maker calls back a lot of cement: who has it? Also those whose pathway ended years ago. */
class RecallTest extends RunningService {

  private static final String WHO_HAS_IT =
      "Device?lot-number=%s&status=active&_include=Device:patient";

  @Autowired private IRepository repository;

  @Test
  void findsThePatientsWithALot() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String treated = fhir.sendPatient("klein-genevie.json");
    String other = fhir.sendPatient("boehm-cassaundra.json");
    store(treated, "LOT-0815", FHIRDeviceStatus.ACTIVE);
    store(other, "LOT-0816", FHIRDeviceStatus.ACTIVE);
    store(other, "LOT-0815", FHIRDeviceStatus.INACTIVE);

    Bundle found =
        fhir.as("coordinator")
            .search()
            .byUrl(WHO_HAS_IT.formatted("LOT-0815"))
            .returnBundle(Bundle.class)
            .execute();

    List<String> patients =
        found.getEntry().stream()
            .map(BundleEntryComponent::getResource)
            .filter(Patient.class::isInstance)
            .map(patient -> patient.getIdElement().getIdPart())
            .toList();
    assertThat(patients).containsExactly(treated);
  }

  /** As a pathway's step would: nobody else may. */
  private void store(String patient, String lot, FHIRDeviceStatus status) {
    Device cement = new Device().setLotNumber(lot).setStatus(status);
    cement.getPatient().setReference("Patient/" + patient);
    repository.create(cement);
  }
}
