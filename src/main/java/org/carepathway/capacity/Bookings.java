package org.carepathway.capacity;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.carepathway.capacity.Conflict.Reason;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Takes all that an appointment needs, together or not at all, and frees it again. */
@Component
public class Bookings {

  private static final String BOOKED = "booked";
  private static final String HELD = "held";

  private final Actors actors;
  private final NamedActors named;
  private final Claims claims;
  private final TakenTimes times;
  private final BookingLocks locks;
  private final Presence presence;
  private final Overrides overrides;
  private final Looks looks;
  private final Clock clock;

  Bookings(
      Actors actors,
      NamedActors named,
      Claims claims,
      TakenTimes times,
      BookingLocks locks,
      Presence presence,
      Overrides overrides,
      Looks looks,
      Clock clock) {
    this.actors = actors;
    this.named = named;
    this.claims = claims;
    this.times = times;
    this.locks = locks;
    this.presence = presence;
    this.overrides = overrides;
    this.looks = looks;
    this.clock = clock;
  }

  /**
   * Takes what an appointment books, in the caller's transaction. With a conflict that cannot be
   * confirmed nothing may be committed. The participants are given the references of those that are
   * set up.
   *
   * @return what stands in the way; empty when it is booked
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Conflict> book(Appointment appointment) {
    return take(appointment, BOOKED, null);
  }

  /** As {@link #book}, up to an instant at which all is free again by itself. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Conflict> hold(Appointment appointment, Instant expires) {
    return take(appointment, HELD, expires);
  }

  /** Frees what an appointment takes; one that takes nothing changes nothing. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void free(String appointmentId) {
    if (!times.of(appointmentId).isEmpty()) {
      locks.lockAll();
      claims.free(appointmentId, clock.instant());
    }
  }

  /** When the booking of a referral begins that is not over; empty when it has none. */
  @Transactional(readOnly = true)
  public Optional<Instant> start(String referral) {
    return times.ofReferral(referral, clock.instant()).stream()
        .map(claim -> claim.during().from())
        .min(Comparator.naturalOrder());
  }

  /** Whether all that an appointment takes is booked for it already, at these times. */
  boolean stands(Appointment appointment) {
    String id = appointment.getIdElement().getIdPart();
    String referral = referral(appointment);
    List<Claim> wanted =
        Wanted.of(appointment).stream()
            .flatMap(
                each ->
                    actors.find(each.kind(), each.name()).stream()
                        .map(
                            actor ->
                                new Claim(actor.id(), id, referral, each.taken(), BOOKED, null)))
            .sorted(Comparator.comparing(Claim::actor))
            .toList();
    return !wanted.isEmpty() && times.of(id).equals(wanted);
  }

  /** Whether an appointment is held now. */
  public boolean isHeld(String appointmentId) {
    return times.of(appointmentId).stream()
        .anyMatch(claim -> claim.state().equals(HELD) && !claim.isOver(clock.instant()));
  }

  private List<Conflict> take(Appointment appointment, String state, Instant expires) {
    List<Conflict> conflicts = new ArrayList<>();
    Map<Wanted, Actor> wanted = named.of(appointment, conflicts::add);
    String id = appointment.getIdElement().getIdPart();
    String referral = referral(appointment);
    List<Claim> claim =
        wanted.entrySet().stream()
            .map(
                each ->
                    new Claim(
                        each.getValue().id(), id, referral, each.getKey().taken(), state, expires))
            .sorted(Comparator.comparing(Claim::actor))
            .toList();
    List<Claim> before = times.ofAppointmentAndReferral(id, referral);
    // Names that are nobody's claim nothing, and that is not the same as nothing to change.
    if (conflicts.isEmpty()
        && before.stream().filter(each -> each.appointment().equals(id)).toList().equals(claim)) {
      return List.of();
    }
    Set<Long> touched = new TreeSet<>();
    Stream.concat(before.stream(), claim.stream()).map(Claim::actor).forEach(touched::add);
    locks.lock(touched);
    if (!touched.isEmpty()) {
      claims.freeAll(referral, id, touched, clock.instant());
    }
    conflicts.addAll(allowed(presence.missing(wanted), referral, id));
    conflicts.addAll(taken(claim, wanted));
    List<Conflict> busy = presence.busy(wanted, id);
    if (!busy.isEmpty() && state.equals(BOOKED)) {
      // Whoever confirms it has two bookings of one moment, which somebody has to settle.
      looks.note(referral == null ? "Appointment/" + id : referral);
    }
    conflicts.addAll(busy);
    References.put(appointment, wanted);
    return conflicts;
  }

  /** Of the whole wish, so that a refusal names all that stands in its way. */
  private List<Conflict> taken(List<Claim> claim, Map<Wanted, Actor> wanted) {
    if (claim.isEmpty()) {
      return List.of();
    }
    List<Conflict> conflicts = new ArrayList<>();
    Set<Long> free = claims.takeAll(claim);
    for (Claim each : claim) {
      if (!free.contains(each.actor())) {
        Wanted blocked = wanted(each, wanted);
        Period by =
            times.blocking(each.actor(), each.during()).map(Claim::during).orElse(each.during());
        conflicts.add(new Conflict(Reason.TAKEN, blocked.kind(), blocked.name(), by, ""));
      }
    }
    return conflicts;
  }

  private static Wanted wanted(Claim claim, Map<Wanted, Actor> wanted) {
    return wanted.entrySet().stream()
        .filter(each -> each.getValue().id() == claim.actor())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** What a lead has allowed is asked to be confirmed, and allowed for this appointment only. */
  private List<Conflict> allowed(List<Conflict> conflicts, String referral, String appointment) {
    Optional<Overrides.Allowance> override =
        conflicts.stream().anyMatch(each -> each.reason() == Reason.AWAY) && referral != null
            ? overrides.find(referral, appointment)
            : Optional.empty();
    override.ifPresent(used -> overrides.use(referral, appointment));
    return override
        .map(
            used -> conflicts.stream().map(each -> each.allowed(used.by(), used.reason())).toList())
        .orElse(conflicts);
  }

  private static String referral(Appointment appointment) {
    return appointment.getBasedOn().stream()
        .map(Reference::getReference)
        .filter(reference -> reference != null && reference.startsWith("ServiceRequest/"))
        .map(reference -> new IdType(reference).getIdPart())
        .findFirst()
        .orElse(null);
  }
}
