package org.carepathway.worklist;

import java.util.Set;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * How soon somebody should look at a task, 0 to 100: the highest of the task's priority, the
 * referral's priority, and {@link #FLAGGED} while the record has an active Flag.
 */
final class ClinicalRisk {

  /** Above an urgent task (25), below one that is to be done as soon as possible (50). */
  static final int FLAGGED = 40;

  private ClinicalRisk() {}

  static int of(int priority, OpenPathway open) {
    boolean flagged =
        open.record().ofTypes(Set.of("Flag")).stream()
            .anyMatch(flag -> ((Flag) flag).getStatus() == FlagStatus.ACTIVE);
    return Math.max(Math.max(priority, of(open.referral())), flagged ? FLAGGED : 0);
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
