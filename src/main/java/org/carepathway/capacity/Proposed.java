package org.carepathway.capacity;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipantRequired;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Free times as proposed Appointments. Their id says what they are, so that nothing is kept of what
 * nobody takes: {@code free-<minute>-<length>-<actors>}.
 */
@Component
public class Proposed {

  /** Minutes: who books over FHIR without a pathway gets what a short procedure needs. */
  private static final int TURNOVER = 30;

  private static final int RECOVERY = 240;
  private static final Pattern ID =
      Pattern.compile("free-(\\d{1,9})-([1-9]\\d{0,3})-(\\d{1,15}(?:\\.\\d{1,15}){0,9})");

  private final Actors actors;

  Proposed(Actors actors) {
    this.actors = actors;
  }

  /** What is needed of each kind, in the order in which it is chosen. */
  public static List<Need> needs(int minutes) {
    return Arrays.stream(BookedAs.values()).map(kind -> need(kind, minutes)).toList();
  }

  private static Need need(BookedAs kind, int minutes) {
    return switch (kind) {
      case ROOM -> new Need(kind.code(), 0, minutes + TURNOVER, minutes);
      case OPERATOR, SEDATION_NURSE -> new Need(kind.code(), 0, minutes, minutes);
      case RECOVERY_BAY -> new Need(kind.code(), minutes, minutes + RECOVERY, minutes + RECOVERY);
    };
  }

  public Appointment of(FreeTime time, int minutes) {
    Appointment proposed = appointment(time.start(), minutes, List.copyOf(time.names().values()));
    proposed.setId(
        "free-%d-%d-%s"
            .formatted(
                time.start().getEpochSecond() / 60,
                minutes,
                String.join(
                    ".",
                    time.names().values().stream()
                        .map(actor -> String.valueOf(actor.id()))
                        .toList())));
    return proposed;
  }

  /**
   * The appointment that an id of {@link #of} means; empty for another id.
   *
   * @throws ResourceNotFoundException (404) when it names somebody who is not there
   */
  @Transactional(readOnly = true)
  public Optional<Appointment> read(String id) {
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int minutes = Integer.parseInt(parts.group(2));
    List<Actor> named =
        Arrays.stream(parts.group(3).split("\\."))
            .map(Long::valueOf)
            .map(
                number ->
                    actors
                        .find(number)
                        .orElseThrow(() -> new ResourceNotFoundException("no such time: " + id)))
            .toList();
    return Optional.of(
        appointment(Instant.ofEpochSecond(60 * Long.parseLong(parts.group(1))), minutes, named));
  }

  private static Appointment appointment(Instant start, int minutes, List<Actor> named) {
    Appointment appointment = new Appointment();
    appointment.setStatus(AppointmentStatus.PROPOSED);
    appointment.setStart(Date.from(start));
    appointment.setEnd(Date.from(start.plus(minutes, ChronoUnit.MINUTES)));
    appointment.setMinutesDuration(minutes);
    for (Actor actor : named) {
      BookedAs kind = BookedAs.ofCode(actor.kind()).orElseThrow();
      Need need = need(kind, minutes);
      AppointmentParticipantComponent participant = appointment.addParticipant();
      participant.addType().addCoding().setSystem(Wanted.KINDS).setCode(kind.code());
      participant
          .setActor(new Reference(actor.reference()).setDisplay(actor.name()))
          .setRequired(ParticipantRequired.REQUIRED)
          .setStatus(ParticipationStatus.NEEDSACTION);
      participant
          .getPeriod()
          .setStart(Date.from(start.plus(need.from(), ChronoUnit.MINUTES)))
          .setEnd(Date.from(start.plus(need.to(), ChronoUnit.MINUTES)));
    }
    return appointment;
  }
}
