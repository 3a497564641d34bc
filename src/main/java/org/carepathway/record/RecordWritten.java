package org.carepathway.record;

import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;

/**
 * A transaction has written to a pathway's record; told as an event before its commit.
 *
 * @param written to read only: others read the same objects
 */
public record RecordWritten(RecordHeader header, Trigger trigger, List<Resource> written) {

  static RecordWritten of(RecordHeader header, Trigger trigger, Bundle bundle) {
    return new RecordWritten(
        header,
        trigger,
        bundle.getEntry().stream().map(BundleEntryComponent::getResource).toList());
  }

  /** The BPMN element that wrote one of these resources, as their Provenance says. */
  public String element(Resource resource) {
    String reference = resource.fhirType() + '/' + resource.getIdElement().getIdPart();
    return written.stream()
        .filter(Provenance.class::isInstance)
        .map(Provenance.class::cast)
        .flatMap(provenance -> StepProvenance.element(provenance, reference).stream())
        .findFirst()
        .orElseThrow();
  }

  /** {@code Type/id} of what was written. */
  public List<String> resources() {
    return written.stream()
        .map(resource -> resource.fhirType() + '/' + resource.getIdElement().getIdPart())
        .toList();
  }
}
