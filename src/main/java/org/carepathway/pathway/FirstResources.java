package org.carepathway.pathway;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.carepathway.content.PathwayContent;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.EpisodeOfCare.EpisodeOfCareStatus;
import org.hl7.fhir.r4.model.PlanDefinition.ActionRequiredBehavior;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** The resources that every pathway begins with. */
record FirstResources(Pathway pathway, PathwayContent content, Instant now) {

  private static final String PROFILES = "https://carepathway.org/fhir/StructureDefinition/";

  List<Resource> all() {
    return List.of(episode(), carePlan());
  }

  private EpisodeOfCare episode() {
    EpisodeOfCare episode = new EpisodeOfCare();
    episode.setId(pathway.episodeId());
    episode.getMeta().addProfile(PROFILES + "pathway-episode");
    episode.setStatus(EpisodeOfCareStatus.ACTIVE);
    episode.setPatient(patient());
    episode.getPeriod().setStart(Date.from(now));
    episode.addReferralRequest(referral());
    return episode;
  }

  private CarePlan carePlan() {
    CarePlan plan = new CarePlan();
    plan.setId(pathway.carePlanId());
    plan.getMeta().addProfile(PROFILES + "pathway-care-plan");
    plan.getInstantiatesCanonical().add(new CanonicalType(content.canonical()));
    plan.setStatus(CarePlanStatus.ACTIVE);
    plan.setIntent(CarePlanIntent.PLAN);
    plan.setTitle(content.plan().getTitle());
    plan.setSubject(patient());
    plan.getPeriod().setStart(Date.from(now));
    plan.setCreated(Date.from(now));
    plan.addSupportingInfo(referral());
    plan.addSupportingInfo(new Reference("EpisodeOfCare/" + pathway.episodeId()));
    content.activities().stream()
        .filter(action -> action.getRequiredBehavior() != ActionRequiredBehavior.COULD)
        .forEach(
            action -> plan.addActivity().setDetail(PlannedActivities.of(pathway.key(), action)));
    return plan;
  }

  private Reference patient() {
    return new Reference("Patient/" + pathway.patientId());
  }

  private Reference referral() {
    return new Reference("ServiceRequest/" + pathway.referralId());
  }
}
