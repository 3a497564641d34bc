package org.carepathway.outreach;

import java.time.Clock;
import org.carepathway.document.Wording;
import org.carepathway.outreach.Message.Purpose;
import org.carepathway.outreach.Reach.Way;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.StableIds;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Puts a message to a patient where it leaves from, once. */
@Component
class Sending {

  private final MessageRows rows;
  private final WelcomeHours welcome;
  private final Wording wording;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Sending(
      MessageRows rows,
      WelcomeHours welcome,
      Wording wording,
      ApplicationEventPublisher events,
      Clock clock) {
    this.rows = rows;
    this.welcome = welcome;
    this.wording = wording;
    this.events = events;
    this.clock = clock;
  }

  /**
   * @param number which message about the matter, or for which window
   */
  void send(Matter matter, Way way, OpenPathway open, int number) {
    String key = "outreach/%s/%s/%d".formatted(matter.about(), matter.opened(), number);
    // A reminder that failed leaves once more for the same window, by another channel.
    String id = matter.purpose() == Purpose.APPOINTMENT ? key + '/' + way.channel() : key;
    Message message =
        new Message(
            StableIds.of(id),
            matter.purpose(),
            matter.pathwayId(),
            matter.patientId(),
            matter.element(),
            matter.about(),
            number,
            way.channel(),
            way.address(),
            wording.of(open.patient()),
            welcome.after(clock.instant(), matter, open),
            MessageState.WAITING,
            0,
            null,
            null);
    if (rows.add(message)) {
      events.publishEvent(new MessageAdded());
    }
  }
}
