package org.carepathway.record;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceAgentComponent;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Who wrote what, in which step of which pathway version, set off by what. */
record Provenances(RecordHeader header, Trigger trigger, Instant at) {

  private static final String PROFILE =
      "https://carepathway.org/fhir/StructureDefinition/step-provenance";
  private static final String PATIENT =
      "https://carepathway.org/fhir/StructureDefinition/provenance-patient";
  private static final String ELEMENT_SYSTEM = "https://carepathway.org/fhir/element";
  private static final String TRIGGER_SYSTEM = "https://carepathway.org/fhir/trigger";
  private static final String PARTICIPATION =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

  Provenance of(String element, List<Resource> targets) {
    Provenance provenance = new Provenance();
    provenance.setId(
        StableIds.of(trigger.id(), element, "provenance/" + header.pathwayId(), 0).toString());
    provenance.getMeta().addProfile(PROFILE);
    provenance.addExtension(PATIENT, new Reference("Patient/" + header.patientId()));
    targets.forEach(
        target ->
            provenance.addTarget(
                new Reference(target.fhirType() + '/' + target.getIdElement().getIdPart())));
    provenance.setRecorded(Date.from(at));
    provenance.addPolicy(header.plan());
    provenance.getActivity().addCoding().setSystem(ELEMENT_SYSTEM).setCode(element);
    agents(provenance, trigger.agent());
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

  /** Who did it and for whom; where a person did it through a program, that program too. */
  private static void agents(Provenance provenance, Agent agent) {
    ProvenanceAgentComponent author = agent(provenance, "author", agent.reference());
    if (agent.onBehalfOf() != null) {
      author.setOnBehalfOf(agent.onBehalfOf().reference());
    }
    if (agent.client() != null) {
      agent(provenance, "assembler", agent.client().reference()).setOnBehalfOf(agent.reference());
    }
  }

  private static ProvenanceAgentComponent agent(
      Provenance provenance, String participation, Reference who) {
    ProvenanceAgentComponent agent = provenance.addAgent().setWho(who);
    agent.getType().addCoding().setSystem(PARTICIPATION).setCode(participation);
    return agent;
  }
}
