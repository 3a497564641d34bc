package org.carepathway.fact;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Medication.MedicationIngredientComponent;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Which drug an order or a statement is about. R4 lets the sender name it in it, or keep it apart
 * as a Medication that is contained or stored; rules read it in one place.
 */
public record Drugs(IRepository repository) {

  private static final String DRUG = "medication[x]";

  /** Puts the drugs that are kept apart into what was found, as copies. */
  public Bundle named(Bundle found) {
    found.getEntry().stream()
        .filter(entry -> entry.getResource() instanceof DomainResource)
        .forEach(entry -> entry.setResource(named((DomainResource) entry.getResource())));
    return found;
  }

  private Resource named(DomainResource resource) {
    Property drug = resource.getNamedProperty(DRUG);
    if (drug == null
        || !drug.hasValues()
        || !(drug.getValues().get(0) instanceof Reference reference)) {
      return resource;
    }
    return medication(resource, reference)
        .map(medication -> (Resource) with(resource.copy(), concept(medication, reference)))
        .orElse(resource);
  }

  private static DomainResource with(DomainResource copy, CodeableConcept drug) {
    copy.setProperty(DRUG, drug);
    return copy;
  }

  private Optional<Medication> medication(DomainResource owner, Reference reference) {
    IIdType id = reference.getReferenceElement();
    if (id.isLocal()) {
      return owner.getContained().stream()
          .filter(Medication.class::isInstance)
          .map(Medication.class::cast)
          .filter(one -> id.getIdPart().equals(one.getIdElement().getIdPart()))
          .findFirst();
    }
    return "Medication".equals(id.getResourceType()) ? read(id) : Optional.empty();
  }

  /** One that cannot be read leaves the reference, which pages show as a drug that is not known. */
  private Optional<Medication> read(IIdType id) {
    try {
      return Optional.of(repository.read(Medication.class, id.toUnqualifiedVersionless()));
    } catch (BaseServerResponseException notThere) {
      return Optional.empty();
    }
  }

  /** Its code, and that of what is in it: a brand may be known by its ingredient only. */
  private static CodeableConcept concept(Medication medication, Reference reference) {
    CodeableConcept drug = medication.getCode().copy();
    medication.getIngredient().stream()
        .filter(MedicationIngredientComponent::hasItemCodeableConcept)
        .map(MedicationIngredientComponent::getItemCodeableConcept)
        .forEach(
            ingredient -> {
              ingredient.getCoding().forEach(coding -> drug.addCoding(coding.copy()));
              if (ingredient.hasText()) {
                drug.addCoding(new Coding().setDisplay(ingredient.getText()));
              }
            });
    if (!drug.hasText() && reference.hasDisplay()) {
      drug.setText(reference.getDisplay());
    }
    return drug;
  }
}
