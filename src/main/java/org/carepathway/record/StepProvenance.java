package org.carepathway.record;

import java.util.List;
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

  private static String element(Provenance provenance, Reference target) {
    return target.hasExtension(ELEMENT)
        ? target.getExtensionString(ELEMENT)
        : provenance.getActivity().getCodingFirstRep().getCode();
  }

  static void mark(Reference target, String element) {
    target.addExtension(ELEMENT, new StringType(element));
  }
}
