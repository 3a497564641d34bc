package org.carepathway.record;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * Reads the Provenance of a transaction: {@code activity} names each BPMN element that wrote, and
 * each target the one that wrote it, unless there was one only.
 */
public final class StepProvenance {

  static final String ELEMENT_SYSTEM = "https://carepathway.org/fhir/element";
  static final String ELEMENT =
      "https://carepathway.org/fhir/StructureDefinition/provenance-element";

  private StepProvenance() {}

  /** What an element wrote; empty where it wrote nothing in that transaction. */
  public static List<Reference> targets(Provenance provenance, String element) {
    return provenance.getTarget().stream()
        .filter(target -> element(provenance, target).equals(element))
        .toList();
  }

  /** The element that wrote a resource; empty where this is not its Provenance. */
  static Optional<String> element(Provenance provenance, String reference) {
    return provenance.getTarget().stream()
        .filter(target -> reference.equals(target.getReferenceElement().toVersionless().getValue()))
        .map(target -> element(provenance, target))
        .findFirst();
  }

  private static String element(Provenance provenance, Reference target) {
    return target.hasExtension(ELEMENT)
        ? target.getExtensionString(ELEMENT)
        : provenance.getActivity().getCodingFirstRep().getCode();
  }

  static void mark(Reference target, String element) {
    target.addExtension(ELEMENT, new StringType(element));
  }
}
