package org.carepathway.engine;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.springframework.stereotype.Component;

/** Which steps a pathway has been at, from the engine's history. */
@Component
public class Visits {

  private static final String OF_PATHWAY =
      """
      select A.* from ACT_HI_ACTINST A join ACT_HI_PROCINST P on P.ID_ = A.PROC_INST_ID_
      where P.BUSINESS_KEY_ = #{pathway} order by A.START_TIME_, A.SEQUENCE_COUNTER_\
      """;

  private final HistoryService history;

  Visits(HistoryService history) {
    this.history = history;
  }

  /**
   * One stay at a step.
   *
   * @param process id of the process it is in
   * @param element BPMN element id
   * @param left when it was left; null while the pathway is there
   * @param cancelled whether it was left without having been done
   */
  public record Visit(
      String process, String element, Instant reached, Instant left, boolean cancelled) {

    public boolean isCurrent() {
      return left == null;
    }
  }

  /** All stays of a pathway, its called processes included, the oldest first. */
  public List<Visit> of(UUID pathwayId) {
    return history
        .createNativeHistoricActivityInstanceQuery()
        .sql(OF_PATHWAY)
        .parameter("pathway", pathwayId.toString())
        .list()
        .stream()
        .map(Visits::visit)
        .toList();
  }

  private static Visit visit(HistoricActivityInstance stay) {
    return new Visit(
        stay.getProcessDefinitionKey(),
        stay.getActivityId(),
        stay.getStartTime().toInstant(),
        instant(stay.getEndTime()),
        stay.isCanceled());
  }

  private static Instant instant(Date date) {
    return date == null ? null : date.toInstant();
  }
}
