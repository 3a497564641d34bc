package org.carepathway.record;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Who wrote what, in which step of which pathway version, set off by what. */
record Provenances(RecordHeader header, Trigger trigger, Instant at) {

  private static final String PROFILE =
      "https://carepathway.org/fhir/StructureDefinition/step-provenance";
  private static final String ELEMENT_SYSTEM = "https://carepathway.org/fhir/element";
  private static final String TRIGGER_SYSTEM = "https://carepathway.org/fhir/trigger";
  private static final String PARTICIPATION =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

  Provenance of(String element, List<Resource> targets) {
    Provenance provenance = new Provenance();
    provenance.setId(
        StableIds.of(trigger.id(), element, "provenance/" + header.pathwayId(), 0).toString());
    provenance.getMeta().addProfile(PROFILE);
    targets.forEach(
        target ->
            provenance.addTarget(
                new Reference(target.fhirType() + '/' + target.getIdElement().getIdPart())));
    provenance.setRecorded(Date.from(at));
    provenance.addPolicy(header.plan());
    provenance.getActivity().addCoding().setSystem(ELEMENT_SYSTEM).setCode(element);
    provenance
        .addAgent()
        .setWho(trigger.agent().reference())
        .getType()
        .addCoding()
        .setSystem(PARTICIPATION)
        .setCode("author");
    provenance
        .addEntity()
        .setRole(ProvenanceEntityRole.SOURCE)
        .getWhat()
        .getIdentifier()
        .setSystem(TRIGGER_SYSTEM)
        .setValue(trigger.id());
    targets.stream()
        .filter(QuestionnaireResponse.class::isInstance)
        .forEach(
            answers ->
                provenance
                    .addEntity()
                    .setRole(ProvenanceEntityRole.SOURCE)
                    .setWhat(
                        new Reference(
                            "QuestionnaireResponse/" + answers.getIdElement().getIdPart())));
    return provenance;
  }
}
