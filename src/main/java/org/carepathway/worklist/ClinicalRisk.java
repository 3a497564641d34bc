package org.carepathway.worklist;

import java.util.Set;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * How soon somebody should look at a task, 0 to 100: the higher of the task's priority and the
 * referral's, and {@link #FLAGGED} more when the record has an active Flag as the task comes up.
 */
final class ClinicalRisk {

  /** Before others of the same priority, and after those of the next one (25 apart). */
  static final int FLAGGED = 10;

  private ClinicalRisk() {}

  static int of(int priority, OpenPathway open) {
    boolean flagged =
        open.record().ofTypes(Set.of("Flag")).stream()
            .anyMatch(flag -> ((Flag) flag).getStatus() == FlagStatus.ACTIVE);
    return Math.max(priority, of(open.referral())) + (flagged ? FLAGGED : 0);
  }

  private static int of(ServiceRequest referral) {
    if (!referral.hasPriority()) {
      return 0;
    }
    return switch (referral.getPriority()) {
      case STAT -> 75;
      case ASAP -> 50;
      case URGENT -> 25;
      default -> 0;
    };
  }
}
