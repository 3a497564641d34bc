package org.carepathway.fhirfeed;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import org.carepathway.incoming.SentRecord;
import org.carepathway.record.StableIds;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * What a resource of an EHR refers to, as it is here: what was taken over is referred to under our
 * id, all else is named by its address at the EHR.
 */
@Component
class References {

  private static final String URI = "urn:ietf:rfc:3986";

  private final SentRecord record;
  private final FhirTerser terser = FhirContext.forR4Cached().newTerser();

  References(SentRecord record) {
    this.record = record;
  }

  /** The same resource of the same EHR is the same here. */
  static String id(String feed, String type, String id) {
    return StableIds.of("fhir\n" + feed + '\n' + type + '\n' + id).toString();
  }

  /**
   * @param base address of the EHR
   * @param ehrPatient reference to the patient as the EHR has it; null for none
   * @param patient our id of that patient
   */
  void translate(Resource resource, String feed, String base, String ehrPatient, String patient) {
    terser.getAllResourceReferences(resource).stream()
        .map(found -> (Reference) found.getResourceReference())
        .filter(Reference::hasReference)
        .filter(reference -> !reference.getReference().startsWith("#"))
        .forEach(reference -> translate(reference, feed, base, ehrPatient, patient));
  }

  private void translate(
      Reference reference, String feed, String base, String ehrPatient, String patient) {
    String said = reference.getReference();
    String relative = said.startsWith(base + '/') ? said.substring(base.length() + 1) : said;
    IdType id = new IdType(relative);
    boolean isTheirs = id.hasIdPart() && id.hasResourceType() && !id.isAbsolute();
    if (isTheirs && said.equals(ehrPatient)) {
      reference.setReference("Patient/" + patient);
      return;
    }
    if (isTheirs && SentRecord.types().contains(id.getResourceType())) {
      String own = id(feed, id.getResourceType(), id.getIdPart());
      if (record.isThere(id.getResourceType(), own)) {
        reference.setReference(id.getResourceType() + '/' + own);
        return;
      }
    }
    reference.setReference(null);
    if (!reference.hasIdentifier()) {
      String address = isTheirs ? base + '/' + relative : said;
      reference.setIdentifier(new Identifier().setSystem(URI).setValue(address));
    }
  }
}
