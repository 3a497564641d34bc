package org.carepathway.invitation;

import java.net.URI;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.carepathway.ical.CalendarEvent;
import org.carepathway.ical.CalendarFile;
import org.carepathway.ical.CalendarFile.Sender;
import org.carepathway.invitation.InvitationSettings.Person;
import org.carepathway.outreach.Outgoing;
import org.carepathway.outreach.Outgoing.CalendarPart;
import org.carepathway.outreach.OutreachSettings;
import org.carepathway.record.StableIds;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** An invitation as mail (iMIP, RFC 6047): when and in which room; no patient, no reason. */
@Component
class InvitationMail {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private final InvitationSettings settings;
  private final OutreachSettings outreach;
  private final MessageSource messages;
  private final Clock clock;

  InvitationMail(
      InvitationSettings settings, OutreachSettings outreach, MessageSource messages, Clock clock) {
    this.settings = settings;
    this.outreach = outreach;
    this.messages = messages;
    this.clock = clock;
  }

  Outgoing of(Invitation invitation, Person person) {
    String kind = invitation.cancelled() ? "cancelled" : "booked";
    ZonedDateTime from = invitation.from().atZone(clock.getZone());
    ZonedDateTime to = invitation.to().atZone(clock.getZone());
    String room = invitation.place().isBlank() ? "–" : invitation.place();
    Object[] when = {DAY.format(from), TIME.format(from), TIME.format(to), room};
    return new Outgoing(
        StableIds.of("%s/%d".formatted(invitation.uid(), invitation.sequence())),
        person.mail(),
        settings.language().getLanguage(),
        said("invitation.subject." + kind, when),
        said("invitation.text." + kind, when),
        calendar(invitation, person));
  }

  private CalendarPart calendar(Invitation invitation, Person person) {
    CalendarEvent event =
        new CalendarEvent(
            invitation.uid() + "@carepathway.org",
            invitation.sequence(),
            invitation.stamp(),
            invitation.from(),
            invitation.to(),
            said("calendar.feed.booked"),
            invitation.place(),
            "");
    Sender organizer = new Sender(mailto(outreach.mailFrom().replaceAll(".*<|>.*", "")), "");
    Sender invited = new Sender(mailto(person.mail()), person.name());
    return invitation.cancelled()
        ? new CalendarPart("CANCEL", CalendarFile.withdrawal(event, organizer, invited))
        : new CalendarPart("REQUEST", CalendarFile.invitation(event, organizer, invited));
  }

  private static URI mailto(String address) {
    return URI.create("mailto:" + address.strip());
  }

  private String said(String key, Object... values) {
    return messages.getMessage(key, values, settings.language());
  }
}
