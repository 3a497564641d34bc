package org.carepathway.pathway;

import org.carepathway.record.RecordWritten;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells the other pathways of a patient what a step of one has written, in its transaction: a death
 * that is reported in one is known in all. Only what content marks so is told; nothing goes back to
 * the pathway that wrote it.
 */
@Component
class OtherPathways {

  private final Pathways pathways;
  private final ToldEvents told;

  OtherPathways(Pathways pathways, ToldEvents told) {
    this.pathways = pathways;
    this.told = told;
  }

  @EventListener
  void on(RecordWritten written) {
    pathways.ofPatient(written.header().patientId()).stream()
        .filter(Pathway::isActive)
        .filter(pathway -> !pathway.id().equals(written.header().pathwayId()))
        .forEach(pathway -> written.written().forEach(one -> tell(pathway, one, written)));
  }

  private void tell(Pathway pathway, Resource one, RecordWritten written) {
    told.tellOfStep(
        pathway,
        one,
        "%s/%s/%s"
            .formatted(one.fhirType(), one.getIdElement().getIdPart(), written.trigger().id()),
        written.trigger()::agent);
  }
}
