package org.carepathway.security;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Neither the log nor the address of a page says anything of a patient but ids. */
class NoPatientDataTest extends RunningService {

  @Autowired private Pathways pathways;

  @Test
  void logsAndAddressesNameNobody() throws Exception {
    try (PatientDataWatch watch = new PatientDataWatch()) {
      FhirClient fhir = new FhirClient(port());
      String id = fhir.sendPatient("turcotte-jeannetta.json");
      Patient patient = fhir.as("coordinator").read().resource(Patient.class).withId(id).execute();
      String secrets = PatientDataWatch.of(patient).toString();
      String referral = fhir.refer(id).getIdElement().getIdPart();
      UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
      String task = fhir.openTasks(referral).get(0).getIdElement().getIdPart();
      Caller caller = new Caller(port(), "referrer").signIn();
      for (String path :
          List.of(
              "/worklist?scope=everyone",
              "/pathways",
              "/board",
              "/pathways/" + pathway,
              "/tasks/" + task)) {
        watch.visit(caller, path);
      }
      // What goes wrong is logged too, and must not quote what it is about.
      caller.fhir("POST", "Patient", "{\"resourceType\":\"Patient\",\"name\":\"" + secrets + "\"}");
      caller.fhir("POST", "Observation", "{ broken " + secrets);
      caller.fhir("Patient?family=" + patient.getNameFirstRep().getFamily());
      caller.post("/tasks/" + task, Map.of("nothing", "x"));
      caller.post("/worklist/search", Map.of("text", patient.getNameFirstRep().getFamily()));
      watch.visit(caller, "/worklist");
      HttpResponse<String> search =
          caller.post("/patients", Map.of("text", patient.getNameFirstRep().getFamily()));
      watch.address(search.headers().firstValue("Location").orElseThrow());
      watch.visit(caller, "/patients");
      Caller south = new Caller(port(), "south").signIn();
      HttpResponse<String> opened =
          south.post("/break-glass", Map.of("number", id, "reason", "An emergency"));
      watch.address(opened.headers().firstValue("Location").orElseThrow());
      watch.assertNothingOf(patient, Set.of());
    }
  }
}
