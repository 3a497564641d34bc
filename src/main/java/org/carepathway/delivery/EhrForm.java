package org.carepathway.delivery;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.util.ResourceReferenceInfo;
import java.util.List;
import java.util.Optional;
import org.carepathway.outbox.OurNumbers;
import org.carepathway.outbox.Sent;
import org.carepathway.outbox.SentRows;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * A resource of ours as a site may have it: under our identifier and nobody's id, with references
 * that lead to something there, without what only we understand.
 */
@Component
class EhrForm {

  private static final String OURS = "https://carepathway.org/fhir/";

  private final IRepository repository;
  private final SentRows sent;
  private final FhirContext fhir = FhirContext.forR4Cached();

  EhrForm(IRepository repository, SentRows sent) {
    this.repository = repository;
    this.sent = sent;
  }

  /**
   * @param subject {@code Type/id} of the resource here
   * @param resource as it was written
   * @param patient id of our Patient
   * @param ehrPatient id of the same at the site
   * @param base address of the site's FHIR API
   */
  DomainResource of(
      String site,
      String subject,
      DomainResource resource,
      String patient,
      String ehrPatient,
      String base) {
    DomainResource copy = (DomainResource) resource.copy();
    copy.setId((String) null);
    copy.setMeta(null);
    copy.setText(null);
    copy.getContained().clear();
    withoutOurs(copy);
    number(copy, OurNumbers.of(subject));
    for (ResourceReferenceInfo info : fhir.newTerser().getAllResourceReferences(copy)) {
      Reference reference = (Reference) info.getResourceReference();
      if (reference.hasReference()) {
        reference.setReference(
            there(site, reference.getReference(), patient, ehrPatient, base).orElse(null));
        reference.setResource(null);
      }
    }
    if (copy instanceof Appointment appointment) {
      appointment.getParticipant().removeIf(one -> !one.hasActor() && !one.hasType());
    }
    if (copy instanceof DocumentReference document) {
      document.getContent().forEach(content -> inline(content.getAttachment()));
      document.setContext(null);
    }
    return copy;
  }

  /** The resource with the files that it points to. */
  DomainResource whole(DomainResource resource) {
    DomainResource copy = (DomainResource) resource.copy();
    if (copy instanceof DocumentReference document) {
      document.getContent().forEach(content -> inline(content.getAttachment()));
    }
    return copy;
  }

  private static void number(DomainResource resource, Identifier number) {
    resource.setProperty("identifier", number);
  }

  /** Extensions at the resource and its elements that only we understand. */
  private static void withoutOurs(Base element) {
    for (Property property : element.children()) {
      List<Base> values = List.copyOf(property.getValues());
      for (Base value : values) {
        if (value instanceof Extension extension) {
          if (String.valueOf(extension.getUrl()).startsWith(OURS)) {
            property.getValues().remove(value);
            element.removeChild(property.getName(), value);
          }
        } else if (!value.isPrimitive()) {
          withoutOurs(value);
        }
      }
    }
  }

  /** Where a reference of ours leads at the site; empty where the site has no such thing. */
  private Optional<String> there(
      String site, String reference, String patient, String ehrPatient, String base) {
    IdType id = new IdType(reference);
    if (!id.hasResourceType() || !id.hasIdPart()) {
      return Optional.empty();
    }
    String name = id.getResourceType() + '/' + id.getIdPart();
    if (name.equals("Patient/" + patient)) {
      return Optional.of("Patient/" + ehrPatient);
    }
    return sent.find(site, name)
        .map(Sent::nativeId)
        .filter(ehrId -> ehrId.startsWith(id.getResourceType() + '/'))
        .or(() -> source(id, base));
  }

  /** What we took over from this EHR says itself what it is there. */
  private Optional<String> source(IdType id, String base) {
    return read(id)
        .map(resource -> resource.getMeta().getSource())
        .filter(source -> source.startsWith(base + '/'))
        .map(source -> new IdType(source.substring(base.length() + 1)))
        .filter(there -> id.getResourceType().equals(there.getResourceType()))
        .map(there -> there.getResourceType() + '/' + there.getIdPart());
  }

  private Optional<Resource> read(IdType id) {
    try {
      return Optional.of(
          (Resource)
              repository.read(
                  fhir.getResourceDefinition(id.getResourceType()).getImplementingClass(),
                  id.toUnqualifiedVersionless()));
    } catch (ResourceNotFoundException | ResourceGoneException none) {
      return Optional.empty();
    }
  }

  /** The file itself: the site cannot read it here. */
  private void inline(Attachment attachment) {
    if (attachment.hasUrl() && attachment.getUrl().startsWith("Binary/")) {
      read(new IdType(attachment.getUrl()))
          .map(Binary.class::cast)
          .ifPresent(binary -> attachment.setData(binary.getData()).setUrl(null));
    }
  }
}
