package org.carepathway.outreach;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carepathway.calendar.TimeLimit;
import org.carepathway.content.PatientContact;
import org.carepathway.outreach.Reach.Way;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.Agent;
import org.carepathway.template.FhirPaths;
import org.springframework.stereotype.Component;

/**
 * Reminds a patient of an appointment: one message for each window that content names. After an
 * outage only the last window that has begun is made up for, and only while there is time to act on
 * it.
 */
@Component
class Reminders {

  /** With less time than this the patient is on the way, or not. */
  private static final Duration TOO_LATE = Duration.ofHours(4);

  private final Matters matters;
  private final MessageRows rows;
  private final Reach reach;
  private final Sending sending;
  private final ExpressionContexts contexts;
  private final FhirPaths paths;
  private final Clock clock;

  Reminders(
      Matters matters,
      MessageRows rows,
      Reach reach,
      Sending sending,
      ExpressionContexts contexts,
      FhirPaths paths,
      Clock clock) {
    this.matters = matters;
    this.rows = rows;
    this.reach = reach;
    this.sending = sending;
    this.contexts = contexts;
    this.paths = paths;
    this.clock = clock;
  }

  /** Takes the next step, with the matter locked. */
  void step(Matter matter, OpenPathway open) {
    Instant now = clock.instant();
    if (failed(matter)) {
      again(matter, open);
    }
    List<Instant> windows = windows(matter, open);
    int begun = (int) windows.stream().filter(window -> !window.isAfter(now)).count();
    int last = begun - 1;
    boolean isDue =
        begun > matter.rung()
            && windows.get(last).isAfter(matter.opened())
            && now.isBefore(matter.ends().minus(TOO_LATE));
    if (isDue) {
      rows.stop(matter.about(), "It did not leave in time.", now);
      reach.reminding(open).stream()
          .findFirst()
          .ifPresent(way -> sending.send(matter, way, open, begun));
    }
    matters.moved(
        matter.about(),
        Math.max(begun, matter.rung()),
        begun < windows.size() ? windows.get(begun) : null);
  }

  private boolean failed(Matter matter) {
    List<Message> sent = sent(matter);
    return !sent.isEmpty() && sent.get(sent.size() - 1).state().isLost();
  }

  /** What was sent before the appointment was moved away and back is over. */
  private List<Message> sent(Matter matter) {
    return rows.about(matter.about()).stream()
        .filter(each -> !each.due().isBefore(matter.opened()))
        .toList();
  }

  /** The same reminder by a channel that was not tried for it. */
  private void again(Matter matter, OpenPathway open) {
    List<Message> sent =
        sent(matter).stream().filter(each -> each.rung() == matter.rung()).toList();
    Optional<Way> other =
        reach.reminding(open).stream()
            .filter(way -> sent.stream().noneMatch(each -> each.channel() == way.channel()))
            .findFirst();
    other.ifPresent(way -> sending.send(matter, way, open, matter.rung()));
  }

  /** When each reminder is due, the earliest first. */
  private List<Instant> windows(Matter matter, OpenPathway open) {
    Optional<String> path =
        open.content()
            .patientContact()
            .filter(PatientContact::reminds)
            .map(PatientContact::reminders);
    return path.stream()
        .flatMap(
            each ->
                paths
                    .evaluate(null, each, contexts.of(open, List.of(each), null, Agent.SERVICE))
                    .stream())
        .map(limit -> before(matter.ends(), limit.primitiveValue()))
        .sorted()
        .toList();
  }

  private Instant before(Instant start, String limit) {
    if (TimeLimit.parse(limit) instanceof TimeLimit.Wall wall) {
      return start.atZone(clock.getZone()).minus(wall.time()).toInstant();
    }
    throw new IllegalArgumentException(
        "'%s' is no time before an appointment: write P7D or PT12H.".formatted(limit));
  }
}
