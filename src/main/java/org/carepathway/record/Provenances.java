package org.carepathway.record;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceAgentComponent;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Who wrote what in one transaction, in which steps of which pathway version, set off by what. One
 * for all: each more is a version to store and an index to keep.
 */
record Provenances(RecordHeader header, Trigger trigger, Instant at) {

  private static final String PROFILE =
      "https://carepathway.org/fhir/StructureDefinition/step-provenance";
  static final String PATIENT =
      "https://carepathway.org/fhir/StructureDefinition/provenance-patient";
  private static final String TRIGGER_SYSTEM = "https://carepathway.org/fhir/trigger";
  private static final String PARTICIPATION =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

  /**
   * @param writes BPMN element to what it wrote
   */
  Provenance of(Map<String, List<Resource>> writes) {
    Provenance provenance = new Provenance();
    provenance.setId(
        StableIds.of(trigger.id(), "", "provenance/" + header.pathwayId(), 0).toString());
    provenance.getMeta().addProfile(PROFILE);
    provenance.addExtension(PATIENT, new Reference("Patient/" + header.patientId()));
    provenance.setRecorded(Date.from(at));
    provenance.addPolicy(header.plan());
    agents(provenance, trigger.agent());
    provenance
        .addEntity()
        .setRole(ProvenanceEntityRole.SOURCE)
        .getWhat()
        .getIdentifier()
        .setSystem(TRIGGER_SYSTEM)
        .setValue(trigger.id());
    writes.forEach(
        (element, targets) -> {
          provenance
              .getActivity()
              .addCoding()
              .setSystem(StepProvenance.ELEMENT_SYSTEM)
              .setCode(element);
          targets.forEach(target -> target(provenance, target, element, writes.size() > 1));
        });
    return provenance;
  }

  private static void target(
      Provenance provenance, Resource target, String element, boolean several) {
    Reference reference =
        new Reference(target.fhirType() + '/' + target.getIdElement().getIdPart());
    if (target instanceof QuestionnaireResponse) {
      provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(reference.copy());
    }
    if (several) {
      StepProvenance.mark(reference, element);
    }
    provenance.addTarget(reference);
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
