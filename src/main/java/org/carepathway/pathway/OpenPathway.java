package org.carepathway.pathway;

import java.util.List;
import java.util.Set;
import org.carepathway.content.PathwayContent;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.record.PathwayRecord;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * A pathway with its content and record, as one step works on it.
 *
 * @param pathway its row
 * @param content of the version it is on
 * @param record its FHIR record in this transaction
 * @param identity which knows the patient by name and number
 */
public record OpenPathway(
    Pathway pathway, PathwayContent content, PathwayRecord record, PatientIdentity identity) {

  /** As {@link PatientIdentity} knows them: to read, not to be written. */
  public Patient patient() {
    return identity.of(record.get(Patient.class, pathway.patientId()));
  }

  public ServiceRequest referral() {
    return record.get(ServiceRequest.class, pathway.referralId());
  }

  public CarePlan carePlan() {
    return record.get(CarePlan.class, pathway.carePlanId());
  }

  public EpisodeOfCare episode() {
    return record.get(EpisodeOfCare.class, pathway.episodeId());
  }

  /** The resources of these types; all when the set is empty. */
  public List<Resource> resources(Set<String> types) {
    return types.isEmpty() ? record.all() : record.ofTypes(types);
  }
}
