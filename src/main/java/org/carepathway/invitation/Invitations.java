package org.carepathway.invitation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carepathway.clock.OneByOne;
import org.carepathway.clock.Watch;
import org.carepathway.duty.Duties;
import org.carepathway.duty.DutyKind;
import org.carepathway.invitation.InvitationRows.Due;
import org.carepathway.invitation.InvitationSettings.Person;
import org.carepathway.outreach.Carrier;
import org.carepathway.outreach.Carriers;
import org.carepathway.outreach.Channel;
import org.carepathway.outreach.Handover;
import org.carepathway.security.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends who is booked an invitation for their calendar, and takes it back when they no longer are.
 * A number that leaves twice, after a crash, changes no calendar.
 */
@Component
class Invitations implements Watch {

  private static final Logger LOG = LoggerFactory.getLogger(Invitations.class);
  private static final int TRIES = 10;

  private final InvitedBookings bookings;
  private final InvitationRows rows;
  private final InvitationSettings settings;
  private final InvitationMail mail;
  private final Carriers carriers;
  private final Duties duties;
  private final OneByOne oneByOne;
  private final Clock clock;

  Invitations(
      InvitedBookings bookings,
      InvitationRows rows,
      InvitationSettings settings,
      InvitationMail mail,
      Carriers carriers,
      Duties duties,
      OneByOne oneByOne,
      Clock clock) {
    this.bookings = bookings;
    this.rows = rows;
    this.settings = settings;
    this.mail = mail;
    this.carriers = carriers;
    this.duties = duties;
    this.oneByOne = oneByOne;
    this.clock = clock;
  }

  @Override
  public void look() {
    Optional<Carrier> carrier = carriers.of(Channel.MAIL);
    if (settings.people().isEmpty() || carrier.isEmpty()) {
      return;
    }
    bookings.follow();
    // Other watches wait for this one: a server that is away is asked once in each look.
    AtomicBoolean away = new AtomicBoolean();
    oneByOne.run(
        "invite by mail, event",
        rows.due(clock.instant()),
        uid -> !away.get() && send(uid, carrier.get(), away));
  }

  private boolean send(UUID uid, Carrier carrier, AtomicBoolean away) {
    Optional<Due> due = rows.lock(uid, clock.instant());
    due.ifPresent(each -> away.set(isToWait(each, carrier)));
    return due.isPresent();
  }

  /** Who is no longer named, or was never invited to what is cancelled, gets no mail. */
  private boolean isToWait(Due due, Carrier carrier) {
    Invitation invitation = due.invitation();
    Optional<Person> person = settings.person(invitation.person());
    boolean needless = invitation.cancelled() && !due.known();
    if (person.isEmpty() || needless) {
      rows.sent(invitation);
      return false;
    }
    Handover handover = carrier.handOver(mail.of(invitation, person.get()));
    boolean again = handover instanceof Handover.Later || handover instanceof Handover.Unsure;
    if (again && due.tries() + 1 < TRIES) {
      rows.later(invitation.uid(), next(due.tries()));
    } else {
      rows.sent(invitation);
      settle(invitation, handover);
    }
    return again;
  }

  /** Nobody reads a log: whose calendar is wrong now is told by a person. */
  private void settle(Invitation invitation, Handover handover) {
    String uid = invitation.uid().toString();
    duties.settle(DutyKind.INVITATION, uid);
    if (!(handover instanceof Handover.Taken)) {
      LOG.warn("The invitation {} was not taken and is not sent again: {}", uid, handover.said());
      duties.ask(DutyKind.INVITATION, uid, Role.SCHEDULER, null, null, words(invitation));
    }
  }

  private String words(Invitation invitation) {
    return "%s, %s, %s%s"
        .formatted(
            invitation.person(),
            LocalDateTime.ofInstant(invitation.from(), clock.getZone())
                .toString()
                .replace('T', ' '),
            invitation.place().isEmpty() ? "–" : invitation.place(),
            invitation.cancelled() ? " (CANCEL)" : "");
  }

  private Instant next(int tries) {
    return clock.instant().plus(Duration.ofMinutes(1L << tries));
  }
}
