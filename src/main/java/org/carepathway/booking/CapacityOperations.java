package org.carepathway.booking;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.UUID;
import org.carepathway.booking.HitPatients.HitPatient;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Capacity.Entry;
import org.carepathway.fhir.FhirOperations;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;
import org.springframework.stereotype.Component;

/**
 * Sets rooms and people up over FHIR, as the page does, with its rights and refusals: {@code
 * Schedule/$set-up}, {@code $sessions}, {@code $add-session}, {@code $add-exception}, {@code
 * $remove} and {@code $retire}.
 */
@Component
class CapacityOperations implements FhirOperations {

  private final CapacityDesk desk;

  CapacityOperations(CapacityDesk desk) {
    this.desk = desk;
  }

  /**
   * @param kind code of CodeSystem {@code booked-as}
   */
  @Operation(name = "$set-up", type = Schedule.class)
  public Parameters setUp(
      @OperationParam(name = "kind", min = 0, max = 1) CodeType kind,
      @OperationParam(name = "name", min = 0, max = 1) StringType name) {
    Actor actor =
        desk.setUp(
            Sent.needed("kind", kind, CodeType::getValue),
            Sent.needed("name", name, StringType::getValue));
    return said(actor.id(), List.of());
  }

  @Operation(name = "$sessions", type = Schedule.class, idempotent = true)
  public Parameters sessions(@IdParam IdType schedule) {
    return said(actor(schedule), List.of());
  }

  /**
   * @param day {@code mon} to {@code sun}
   * @param to {@code 00:00:00} for midnight at its end
   * @param last none for no end
   */
  @Operation(name = "$add-session", type = Schedule.class)
  public Parameters addSession(
      @IdParam IdType schedule,
      @OperationParam(name = "day", min = 0, max = 1) CodeType day,
      @OperationParam(name = "from", min = 0, max = 1) TimeType from,
      @OperationParam(name = "to", min = 0, max = 1) TimeType to,
      @OperationParam(name = "first", min = 0, max = 1) DateType first,
      @OperationParam(name = "last", min = 0, max = 1) DateType last) {
    long actor = actor(schedule);
    desk.addSession(
        actor,
        Sent.weekday("day", day),
        Sent.time("from", from),
        Sent.time("to", to),
        Sent.day("first", first),
        last == null ? null : Sent.day("last", last));
    return said(actor, List.of());
  }

  /**
   * @param opens an extra session; else leave or a closure, which is what it is where nothing is
   *     said
   */
  @Operation(name = "$add-exception", type = Schedule.class)
  public Parameters addException(
      @IdParam IdType schedule,
      @OperationParam(name = "start", min = 0, max = 1) DateTimeType start,
      @OperationParam(name = "end", min = 0, max = 1) DateTimeType end,
      @OperationParam(name = "opens", min = 0, max = 1) BooleanType opens,
      @OperationParam(name = "reason", min = 0, max = 1) StringType reason) {
    long actor = actor(schedule);
    return said(
        actor,
        desk.addException(
            actor,
            Sent.period("start", start, "end", end),
            opens != null && opens.booleanValue(),
            reason == null ? null : reason.getValue()));
  }

  /**
   * @param id of a session or an exception, as {@code $sessions} says
   */
  @Operation(name = "$remove", type = Schedule.class)
  public Parameters remove(
      @IdParam IdType schedule, @OperationParam(name = "id", min = 0, max = 1) IdType id) {
    Entry entry = entry(schedule);
    UUID wanted = Sent.uuid("id", id);
    long actor = entry.actor().id();
    if (entry.sessions().stream().anyMatch(each -> each.id().equals(wanted))) {
      desk.removeSession(actor, wanted);
    } else if (entry.exceptions().stream().anyMatch(each -> each.id().equals(wanted))) {
      desk.removeException(actor, wanted);
    } else {
      throw new ResourceNotFoundException(
          "%s has no session or exception %s: $sessions says which there are."
              .formatted(entry.actor().name(), wanted));
    }
    return said(actor, List.of());
  }

  /** Takes a room, a person or a bay out of use; its bookings stand. */
  @Operation(name = "$retire", type = Schedule.class)
  public Parameters retire(@IdParam IdType schedule) {
    Entry entry = entry(schedule);
    desk.retire(entry.actor().id());
    return new Parameters()
        .addParameter("name", entry.actor().name())
        .addParameter("active", false);
  }

  private Parameters said(long actor, List<HitPatient> hits) {
    return desk.entries().stream()
        .filter(entry -> entry.actor().id() == actor)
        .findFirst()
        .map(entry -> SetUp.of(entry, hits))
        .orElseThrow();
  }

  private long actor(IdType schedule) {
    return entry(schedule).actor().id();
  }

  private Entry entry(IdType schedule) {
    return desk.entries().stream()
        .filter(
            entry -> new IdType(entry.actor().reference()).getIdPart().equals(schedule.getIdPart()))
        .findFirst()
        .orElseThrow(() -> new ResourceNotFoundException(schedule));
  }
}
