package org.carepathway.booking;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.carepathway.capacity.Capacity.Hit;
import org.carepathway.capacity.Period;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.PatientScope;
import org.springframework.stereotype.Component;

/** Plans again those whose bookings a leave or a closure hits, and says who they are. */
@Component
class HitPatients {

  private final Replan replan;
  private final Pathways pathways;
  private final PatientScope scope;

  HitPatients(Replan replan, Pathways pathways, PatientScope scope) {
    this.replan = replan;
    this.pathways = pathways;
    this.scope = scope;
  }

  /**
   * A patient whose booking is hit.
   *
   * @param name empty where the booking is of no pathway here, or the patient not in sight
   * @param task whether the pathway asks somebody to move it; else whoever reads this has to
   */
  public record HitPatient(UUID pathwayId, String name, Period during, boolean task)
      implements Serializable {}

  /** Call it after the commit of what hits them. */
  List<HitPatient> planAgain(List<Hit> hits) {
    Set<UUID> unheard = replan.run();
    return hits.stream().map(hit -> patient(hit, unheard)).toList();
  }

  private HitPatient patient(Hit hit, Set<UUID> unheard) {
    return pathways
        .ofReferral(String.valueOf(hit.referral()))
        .map(
            pathway ->
                scope.isVisible(pathway.patientId())
                    ? pathways
                        .view(pathway.id())
                        .map(open -> named(open, hit, unheard))
                        .orElseThrow()
                    : unnamed(pathway, hit, unheard))
        .orElse(new HitPatient(null, "", hit.during(), false));
  }

  private static HitPatient named(OpenPathway open, Hit hit, Set<UUID> unheard) {
    UUID id = open.pathway().id();
    return new HitPatient(
        id, PatientIdentity.name(open.patient()), hit.during(), !unheard.contains(id));
  }

  private static HitPatient unnamed(Pathway pathway, Hit hit, Set<UUID> unheard) {
    return new HitPatient(null, "", hit.during(), !unheard.contains(pathway.id()));
  }
}
