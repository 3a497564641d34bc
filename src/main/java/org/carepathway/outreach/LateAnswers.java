package org.carepathway.outreach;

import org.carepathway.outreach.Trouble.Kind;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What somebody has written by a link and was not kept, as it came too late: an alarm may have been
 * among it, so somebody calls.
 */
@Component
public class LateAnswers {

  private final Pathways pathways;
  private final Matters matters;
  private final Trouble trouble;

  LateAnswers(Pathways pathways, Matters matters, Trouble trouble) {
    this.pathways = pathways;
    this.matters = matters;
    this.trouble = trouble;
  }

  /** Once for each question, however often it is sent; for nobody once the pathway has ended. */
  @Transactional
  public void tell(Matter matter) {
    OpenPathway open = pathways.open(matter.pathwayId());
    matters.lock(matter.about());
    if (open.pathway().isActive() && !trouble.isTold(open, Kind.LATE, matter.about())) {
      trouble.tell(
          open, Kind.LATE, matter.about(), "Answers that were sent by the link were not kept.");
    }
  }
}
