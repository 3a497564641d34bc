package org.carepathway.fact;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Substance;
import org.hl7.fhir.r4.model.Type;

/**
 * Which drug a statement or an order is about. R4 lets the sender write a code, point to a
 * Medication of its own or carry it inside; the Medication has a code, ingredients, or both. Here
 * it is always {@code medicationCodeableConcept}, with every name and code that tells something.
 */
final class Medicines {

  private static final String DRUG = "medication[x]";

  private final Map<String, Resource> stored;
  private final Kinds kinds;

  /**
   * @param stored the Medications that drugs may point to
   */
  Medicines(Bundle stored, Kinds kinds) {
    this.stored =
        stored.getEntry().stream()
            .map(BundleEntryComponent::getResource)
            .collect(Collectors.toMap(drug -> drug.getIdElement().getIdPart(), drug -> drug));
    this.kinds = kinds;
  }

  /** Those that are pointed to and not carried inside. */
  static Set<String> pointedTo(Bundle found) {
    return found.getEntry().stream()
        .map(BundleEntryComponent::getResource)
        .map(resource -> drug(resource, Reference.class))
        .filter(Objects::nonNull)
        .filter(Medicines::isStored)
        .map(reference -> reference.getReferenceElement().getIdPart())
        .collect(Collectors.toSet());
  }

  /** The copy, with its drug as a concept. */
  Resource named(Resource copy) {
    Reference reference = drug(copy, Reference.class);
    if (reference != null) {
      copy.setProperty(DRUG, concept(reference, (DomainResource) copy));
    }
    return copy;
  }

  /**
   * The copy, with the kinds of its drug, or of what the allergy is to, as codes beside its own.
   */
  Resource told(Resource copy) {
    CodeableConcept drug = drug(copy, CodeableConcept.class);
    if (drug != null) {
      add(drug, drug);
    }
    if (copy instanceof AllergyIntolerance allergy) {
      CodeableConcept all = allergy.getCode().copy();
      allergy.getReaction().forEach(reaction -> merge(all, reaction.getSubstance()));
      add(allergy.getCode(), all);
    }
    return copy;
  }

  private void add(CodeableConcept to, CodeableConcept thing) {
    kinds.of(thing).stream()
        .filter(kind -> !to.hasCoding(kind.getSystem(), kind.getCode()))
        .forEach(to::addCoding);
  }

  private static <T extends Type> T drug(Resource resource, Class<T> as) {
    Property drug = resource.getNamedProperty(DRUG);
    return drug == null
        ? null
        : drug.getValues().stream().filter(as::isInstance).map(as::cast).findFirst().orElse(null);
  }

  private CodeableConcept concept(Reference reference, DomainResource from) {
    CodeableConcept concept = new CodeableConcept();
    if (target(reference, from) instanceof Medication drug && Status.isRight(drug)) {
      merge(concept, drug.getCode());
      concept.setText(drug.getCode().getText());
      DomainResource around = isInside(reference) ? from : drug;
      drug.getIngredient().forEach(part -> merge(concept, ingredient(part.getItem(), around)));
    }
    if (!concept.hasText() && reference.hasDisplay()) {
      concept.setText(reference.getDisplay());
    }
    if (!concept.hasText() && !concept.hasCoding()) {
      concept.setText(reference.hasReference() ? reference.getReference() : "?");
    }
    return concept;
  }

  private CodeableConcept ingredient(Type item, DomainResource from) {
    if (item instanceof CodeableConcept concept) {
      return concept;
    }
    Resource target = item instanceof Reference reference ? target(reference, from) : null;
    return target instanceof Medication drug
        ? drug.getCode()
        : target instanceof Substance substance ? substance.getCode() : new CodeableConcept();
  }

  private Resource target(Reference reference, DomainResource from) {
    return isInside(reference)
        ? from.getContained().stream()
            .filter(one -> reference.getReference().equals('#' + one.getIdPart().replace("#", "")))
            .findFirst()
            .orElse(null)
        : isStored(reference) ? stored.get(reference.getReferenceElement().getIdPart()) : null;
  }

  /** What another server calls so is another drug. */
  private static boolean isStored(Reference reference) {
    return "Medication".equals(reference.getReferenceElement().getResourceType())
        && !reference.getReferenceElement().isAbsolute();
  }

  private static boolean isInside(Reference reference) {
    return reference.hasReference() && reference.getReference().startsWith("#");
  }

  /** A text without a code stays as the display of one, so that no name is lost. */
  private static void merge(CodeableConcept into, CodeableConcept from) {
    from.getCoding().forEach(coding -> into.addCoding(coding.copy()));
    if (from.hasText()) {
      into.addCoding(new Coding().setDisplay(from.getText()));
    }
  }
}
