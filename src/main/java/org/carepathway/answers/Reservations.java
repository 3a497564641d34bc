package org.carepathway.answers;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.capacity.Bookings;
import org.carepathway.capacity.Conflict;
import org.carepathway.capacity.Conflict.Reason;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue;
import org.carepathway.form.FormIssue.Severity;
import org.carepathway.form.FormItem;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Takes what the appointments of a form book, in the transaction that takes the form. What is not
 * free is an issue of the form, at the question whose linkId is the kind of what was wanted.
 */
@Component
class Reservations {

  private final Bookings bookings;
  private final Clock clock;

  Reservations(Bookings bookings, Clock clock) {
    this.bookings = bookings;
    this.clock = clock;
  }

  /**
   * @param seen what the form itself has found already
   */
  List<FormIssue> take(Form form, List<Resource> extracted, List<FormIssue> seen) {
    return extracted.stream()
        .filter(Appointment.class::isInstance)
        .map(Appointment.class::cast)
        .filter(each -> each.getStatus() == AppointmentStatus.BOOKED && each.hasEnd())
        .flatMap(each -> bookings.book(each).stream())
        .filter(conflict -> conflict.reason() != Reason.BUSY || !isSeen(conflict, seen))
        .flatMap(conflict -> issue(form, conflict))
        .toList();
  }

  /** By the form's own rule, such as {@code clash-room}: nobody is asked the same twice. */
  private static boolean isSeen(Conflict conflict, List<FormIssue> seen) {
    return seen.stream().anyMatch(issue -> issue.rule().equals("clash-" + conflict.kind()));
  }

  private Stream<FormIssue> issue(Form form, Conflict conflict) {
    Optional<FormItem> item = form.item(conflict.kind());
    return item
        .or(() -> form.items().stream().findFirst())
        .map(field -> issue(field, conflict))
        .stream();
  }

  private FormIssue issue(FormItem field, Conflict conflict) {
    String rule = "booking-" + conflict.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String key = "form.issue." + rule;
    Severity severity = conflict.canBeConfirmed() ? Severity.WARNING : Severity.ERROR;
    String name = conflict.name();
    return switch (conflict.reason()) {
      case TAKEN, BUSY ->
          FormIssue.booking(
              field,
              severity,
              rule,
              key,
              name,
              local(conflict.during().from()),
              local(conflict.during().to()));
      case AWAY, ALLOWED ->
          FormIssue.booking(
              field,
              severity,
              rule,
              key,
              name,
              local(conflict.during().from()),
              local(conflict.during().to()),
              conflict.detail());
      case UNKNOWN -> FormIssue.booking(field, severity, rule, key, name, conflict.detail());
      case NO_SESSION -> FormIssue.booking(field, severity, rule, key, name);
    };
  }

  private String local(Instant time) {
    return time.atZone(clock.getZone()).toLocalDateTime().toString().replace('T', ' ');
  }
}
