package org.carepathway.pathway;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.record.Records;
import org.carepathway.security.PatientScope;
import org.springframework.stereotype.Component;

/** The pathways that patients travel. */
@Component
public class Pathways {

  private final PathwayRows rows;
  private final Catalogue catalogue;
  private final Records records;
  private final PatientScope scope;
  private final PatientIdentity identity;

  Pathways(
      PathwayRows rows,
      Catalogue catalogue,
      Records records,
      PatientScope scope,
      PatientIdentity identity) {
    this.rows = rows;
    this.catalogue = catalogue;
    this.records = records;
    this.scope = scope;
    this.identity = identity;
  }

  /**
   * Opens a pathway for a step: locks it until the transaction ends, so that no other step writes
   * to it meanwhile.
   */
  public OpenPathway open(UUID id) {
    Pathway pathway =
        rows.lock(id).orElseThrow(() -> new IllegalStateException("no pathway " + id));
    PathwayContent content = content(pathway);
    return new OpenPathway(
        pathway, content, records.open(pathway.header(content.canonical())), identity);
  }

  /**
   * A read-only view for pages and prefill.
   *
   * @throws ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException (404) when who is signed
   *     in may not see the patient
   */
  public Optional<OpenPathway> view(UUID id) {
    return rows.find(id)
        .map(
            pathway -> {
              scope.show(pathway.patientId());
              PathwayContent content = content(pathway);
              return new OpenPathway(
                  pathway, content, records.view(pathway.header(content.canonical())), identity);
            });
  }

  /** The content of the version that a pathway is on. */
  PathwayContent content(Pathway pathway) {
    return catalogue.content(pathway.key(), pathway.version());
  }

  public Optional<Pathway> find(UUID id) {
    return rows.find(id);
  }

  /** The pathways of a patient, the newest first. */
  public List<Pathway> ofPatient(String patientId) {
    return rows.findByPatient(patientId);
  }

  /** The pathways that started last, of patients in sight, the newest first. */
  public List<Pathway> newest(int limit) {
    return rows.newest(limit, scope.listed());
  }

  /** The pathway of a CarePlan. */
  public Optional<Pathway> ofCarePlan(String carePlanId) {
    return rows.findByCarePlan(carePlanId);
  }

  /** The pathway that a referral started. */
  public Optional<Pathway> ofReferral(String referralId) {
    return rows.findByReferral(referralId);
  }
}
