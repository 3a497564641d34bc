package org.carepathway.outreach;

import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.carepathway.document.Wording;
import org.carepathway.outreach.Message.Purpose;
import org.carepathway.outreach.OutreachSettings.Recipient;
import org.carepathway.record.StableIds;
import org.carepathway.worklist.ItemAdded;
import org.carepathway.worklist.ItemEscalated;
import org.carepathway.worklist.WorkItem;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells staff of what has to be done at once, and of what became the business of their role since
 * nobody did it: by mail and pager, by role and site, in the transaction in which it happens.
 */
@Component
class Alarms {

  private static final int AT_ONCE = 75;
  private static final int FIRST = 1;
  private static final int ESCALATED = 2;

  private final MessageRows rows;
  private final Carriers carriers;
  private final OutreachSettings settings;
  private final Wording wording;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Alarms(
      MessageRows rows,
      Carriers carriers,
      OutreachSettings settings,
      Wording wording,
      ApplicationEventPublisher events,
      Clock clock) {
    this.rows = rows;
    this.carriers = carriers;
    this.settings = settings;
    this.wording = wording;
    this.events = events;
    this.clock = clock;
  }

  @EventListener
  void on(ItemAdded added) {
    if (added.item().priority() >= AT_ONCE) {
      tell(added.item(), added.item().role(), FIRST);
    }
  }

  @EventListener
  void on(ItemEscalated escalated) {
    if (escalated.item().priority() >= AT_ONCE) {
      tell(escalated.item(), escalated.to(), ESCALATED);
    }
  }

  private void tell(WorkItem item, String role, int rung) {
    String site = item.about().site();
    settings.staff().stream()
        .filter(recipient -> recipient.role().equals(role))
        .filter(recipient -> recipient.site() == null || recipient.site().equals(site))
        .flatMap(Alarms::ways)
        .filter(way -> carriers.isSetUp(way.channel()))
        .forEach(way -> tell(item, way, rung));
  }

  private static Stream<Reach.Way> ways(Recipient recipient) {
    return Stream.concat(
        Stream.ofNullable(recipient.pager()).map(to -> new Reach.Way(Channel.PAGER, to)),
        Stream.ofNullable(recipient.mail()).map(to -> new Reach.Way(Channel.MAIL, to)));
  }

  private void tell(WorkItem item, Reach.Way way, int rung) {
    Instant now = clock.instant();
    boolean added =
        rows.add(
            new Message(
                StableIds.of(
                    "alarm/%s/%d/%s/%s".formatted(item.id(), rung, way.channel(), way.address())),
                Purpose.ALARM,
                item.pathwayId(),
                null,
                item.element(),
                item.id().toString(),
                rung,
                way.channel(),
                way.address(),
                wording.ofSite(),
                now,
                MessageState.WAITING,
                0,
                null,
                null));
    if (added) {
      events.publishEvent(new MessageAdded());
    }
  }
}
