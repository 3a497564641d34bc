package org.carepathway.engine;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** As the engine's types of end events end, such as noneEndEvent. */
  private static final String END_EVENT = "EndEvent";

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
   * @param cancelled whether it was interrupted
   * @param end id of the event that a called process has ended with; null for none
   */
  public record Visit(
      String process,
      String element,
      Instant reached,
      Instant left,
      boolean cancelled,
      String end) {

    public boolean isCurrent() {
      return left == null;
    }
  }

  /** All stays of a pathway, its called processes included, the oldest first. */
  public List<Visit> of(UUID pathwayId) {
    List<HistoricActivityInstance> stays =
        history
            .createNativeHistoricActivityInstanceQuery()
            .sql(OF_PATHWAY)
            .parameter("pathway", pathwayId.toString())
            .list();
    Map<String, String> ends = new HashMap<>();
    stays.stream()
        .filter(stay -> stay.getActivityType().endsWith(END_EVENT))
        .forEach(stay -> ends.put(stay.getProcessInstanceId(), stay.getActivityId()));
    return stays.stream()
        .map(stay -> visit(stay, ends.get(stay.getCalledProcessInstanceId())))
        .toList();
  }

  private static Visit visit(HistoricActivityInstance stay, String end) {
    return new Visit(
        stay.getProcessDefinitionKey(),
        stay.getActivityId(),
        stay.getStartTime().toInstant(),
        instant(stay.getEndTime()),
        stay.isCanceled(),
        stay.getEndTime() == null ? null : end);
  }

  private static Instant instant(Date date) {
    return date == null ? null : date.toInstant();
  }
}
