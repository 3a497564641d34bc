package org.carepathway.outreach;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.clock.OneByOne;
import org.carepathway.outreach.Message.Purpose;
import org.carepathway.outreach.Reach.Way;
import org.carepathway.outreach.Rung.Step;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.worklist.Postponement;
import org.springframework.stereotype.Component;

/**
 * Asks patients, step by step: a message, a reminder, another channel, and then a person calls.
 * What follows is said by a table of the pathway. Each step is taken once, however many replicas
 * look.
 */
@Component
class ContactLadder {

  private static final int BATCH = 200;

  private final Matters matters;
  private final MessageRows rows;
  private final Reach reach;
  private final LadderTable table;
  private final StaffTime staff;
  private final WelcomeHours welcome;
  private final Postponement postponement;
  private final Pathways pathways;
  private final OneByOne oneByOne;
  private final Sending sending;
  private final Reminders reminders;
  private final Clock clock;

  ContactLadder(
      Matters matters,
      MessageRows rows,
      Reach reach,
      LadderTable table,
      StaffTime staff,
      WelcomeHours welcome,
      Postponement postponement,
      Pathways pathways,
      OneByOne oneByOne,
      Sending sending,
      Reminders reminders,
      Clock clock) {
    this.matters = matters;
    this.rows = rows;
    this.reach = reach;
    this.table = table;
    this.staff = staff;
    this.welcome = welcome;
    this.postponement = postponement;
    this.pathways = pathways;
    this.oneByOne = oneByOne;
    this.sending = sending;
    this.reminders = reminders;
    this.clock = clock;
  }

  /**
   * @return how many steps were taken
   */
  int run() {
    return oneByOne.run("next message about", matters.due(clock.instant(), BATCH), this::step);
  }

  private boolean step(String about) {
    OpenPathway open = pathways.open(matters.find(about).orElseThrow().pathwayId());
    Matter matter = matters.lock(about).orElseThrow();
    Instant now = clock.instant();
    if (!matter.isOpen() || matter.next() == null || matter.next().isAfter(now)) {
      return false;
    }
    if (matter.purpose() == Purpose.APPOINTMENT) {
      reminders.step(matter, open);
    } else {
      ask(matter, open, now);
    }
    return true;
  }

  private void ask(Matter matter, OpenPathway open, Instant now) {
    // One that still waits, such as after an outage, must not leave together with the next.
    rows.stop(matter.about(), "It did not leave in time.", now);
    List<Message> sent = rows.about(matter.about());
    List<Way> ways = reach.of(open);
    List<Way> others =
        ways.stream()
            .filter(way -> sent.stream().noneMatch(each -> each.channel() == way.channel()))
            .toList();
    Rung rung = table.next(open, matter, sent, others.size(), now);
    Optional<Way> way = way(rung.step(), sent, ways, others);
    if (way.isEmpty()) {
      call(matter);
      return;
    }
    int number = matter.rung() + 1;
    sending.send(matter, way.get(), open, number);
    Instant call = staff.latest(matter.ends(), rung.reserve());
    Instant next = welcome.after(now, matter, open).plus(rung.patience());
    Instant follows = next.isBefore(call) ? next : call;
    matters.moved(matter.about(), number, follows);
    postponement.leaveOut(
        UUID.fromString(matter.about()), call, "The patient was asked by a link and may answer.");
  }

  private static Optional<Way> way(
      Step step, List<Message> sent, List<Way> ways, List<Way> others) {
    return switch (step) {
      case CALL -> Optional.empty();
      case ASK -> ways.stream().findFirst();
      case OTHER_CHANNEL -> others.stream().findFirst();
      case REMIND ->
          ways.stream()
              .filter(way -> way.channel() == sent.get(sent.size() - 1).channel())
              .findFirst();
    };
  }

  /** The links stay good: who answers before being called need not be called. */
  private void call(Matter matter) {
    matters.moved(matter.about(), matter.rung(), null);
    postponement.bringBack(
        UUID.fromString(matter.about()),
        matter.rung() == 0
            ? "The patient is not asked by a link: call."
            : "The patient has not answered the link: call.");
  }
}
