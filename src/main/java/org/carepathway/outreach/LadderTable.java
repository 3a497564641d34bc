package org.carepathway.outreach;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.engine.DecisionOutcome;
import org.carepathway.engine.Decisions;
import org.carepathway.engine.Deployments;
import org.carepathway.outreach.Rung.Step;
import org.carepathway.pathway.OpenPathway;
import org.springframework.stereotype.Component;

/** Asks the decision table of a pathway what follows on a message that was not answered. */
@Component
class LadderTable {

  private static final Set<MessageState> FAILED =
      Set.of(MessageState.FAILED, MessageState.STOPPED, MessageState.UNSURE);

  private final Decisions decisions;
  private final Deployments deployments;
  private final StaffTime staff;

  LadderTable(Decisions decisions, Deployments deployments, StaffTime staff) {
    this.decisions = decisions;
    this.deployments = deployments;
    this.staff = staff;
  }

  /**
   * @param sent the messages about it, in order
   * @param others how many channels are left that none was sent by
   */
  Rung next(OpenPathway open, Matter matter, List<Message> sent, int others, Instant now) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("messagesSent", (long) sent.size());
    facts.put("lastFailed", !sent.isEmpty() && FAILED.contains(sent.get(sent.size() - 1).state()));
    facts.put("otherChannels", (long) others);
    facts.put("windowHours", Duration.between(matter.opened(), matter.ends()).toHours());
    facts.put("staffHoursLeft", staff.between(now, matter.ends()).toMinutes() / 60.0);
    facts.put(
        "hoursLate",
        matter.next() == null ? 0L : Math.max(0, Duration.between(matter.next(), now).toHours()));
    DecisionOutcome outcome =
        decisions.evaluate(
            deployments.of(open.pathway().key(), open.pathway().version()),
            open.content().patientContact().orElseThrow().ladder(),
            facts,
            open.content().policy().feel());
    return new Rung(
        Step.valueOf(String.valueOf(outcome.outputs().get("rung"))),
        duration(outcome.outputs().get("rungWait")),
        duration(outcome.outputs().get("rungReserve")));
  }

  private static Duration duration(Object text) {
    return text == null ? Duration.ZERO : Duration.parse(text.toString());
  }
}
