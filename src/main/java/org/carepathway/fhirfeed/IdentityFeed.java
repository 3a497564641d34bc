package org.carepathway.fhirfeed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.fhir.Numbers;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Patient.PatientLinkComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;

/**
 * A message of IHE ITI-93: Patients that were made, changed or merged.
 *
 * @param header of the message
 * @param entries of its history
 * @see <a href="https://profiles.ihe.net/ITI/PMIR/ITI-93.html">IHE PMIR, Mobile Patient Identity
 *     Feed</a>
 */
record IdentityFeed(MessageHeader header, List<BundleEntryComponent> entries) {

  static final String EVENT = "urn:ihe:iti:pmir:2019:patient-feed";

  private static final String RECORD_NUMBER = "MR";

  /** Empty where it is no such message. */
  static Optional<IdentityFeed> of(Bundle message) {
    List<Resource> parts =
        message.getEntry().stream().map(BundleEntryComponent::getResource).toList();
    boolean isOne =
        message.getType() == BundleType.MESSAGE
            && parts.size() >= 2
            && parts.get(0) instanceof MessageHeader header
            && header.getEvent() instanceof UriType event
            && EVENT.equals(event.getValue())
            && parts.get(1) instanceof Bundle history
            && history.getType() == BundleType.HISTORY;
    return isOne
        ? Optional.of(
            new IdentityFeed((MessageHeader) parts.get(0), ((Bundle) parts.get(1)).getEntry()))
        : Optional.empty();
  }

  /**
   * A Patient that another one replaces.
   *
   * @param gone as the message has it
   * @param survivor reference to the other
   */
  record Merger(Patient gone, Reference survivor) {}

  List<Merger> mergers() {
    List<Merger> all = new ArrayList<>();
    patients()
        .forEach(
            patient ->
                patient.getLink().stream()
                    .filter(link -> link.getType() == LinkType.REPLACEDBY)
                    .map(PatientLinkComponent::getOther)
                    .findFirst()
                    .ifPresent(other -> all.add(new Merger(patient, other))));
    return all;
  }

  /** Those that were made or changed and that nobody replaces. */
  List<Patient> changed() {
    return patients()
        .filter(
            patient ->
                patient.getLink().stream().noneMatch(link -> link.getType() == LinkType.REPLACEDBY))
        .toList();
  }

  private Stream<Patient> patients() {
    return entries.stream()
        .filter(entry -> entry.getRequest().getMethod() != HTTPVerb.DELETE)
        .map(BundleEntryComponent::getResource)
        .filter(Patient.class::isInstance)
        .map(Patient.class::cast);
  }

  /** The Patient of this message that a reference leads to. */
  Optional<Patient> referred(Reference reference) {
    return entries.stream()
        .filter(entry -> entry.getResource() instanceof Patient)
        .filter(
            entry ->
                reference.getReference() != null
                    && (reference.getReference().equals(entry.getFullUrl())
                        || reference
                            .getReferenceElement()
                            .getIdPart()
                            .equals(entry.getResource().getIdElement().getIdPart())))
        .map(entry -> (Patient) entry.getResource())
        .findFirst();
  }

  /** By which a Patient is known: the medical record number, else the first that has a system. */
  static Optional<Identifier> number(Patient patient) {
    return numbers(patient).findFirst();
  }

  /** Medical record numbers first. */
  static Stream<Identifier> numbers(Patient patient) {
    return patient.getIdentifier().stream()
        .filter(Numbers::isWhole)
        .sorted(Comparator.comparing(number -> !isRecordNumber(number)));
  }

  private static boolean isRecordNumber(Identifier number) {
    return number.getType().getCoding().stream()
        .anyMatch(type -> RECORD_NUMBER.equals(type.getCode()));
  }
}
