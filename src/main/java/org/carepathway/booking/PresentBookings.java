package org.carepathway.booking;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.booking.WeekProposal.Row;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.BookedAs;
import org.carepathway.capacity.FreeTimes;
import org.carepathway.capacity.FreeTimes.Taken;
import org.carepathway.capacity.Period;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.PatientScope;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is booked or held, an appointment a row, with the patients in sight. */
@Component
class PresentBookings {

  private final FreeTimes times;
  private final Pathways pathways;
  private final PatientScope scope;
  private final Clock clock;

  PresentBookings(FreeTimes times, Pathways pathways, PatientScope scope, Clock clock) {
    this.times = times;
    this.pathways = pathways;
    this.scope = scope;
    this.clock = clock;
  }

  @Transactional(readOnly = true)
  List<Row> in(Period period) {
    Map<String, List<Taken>> appointments = new LinkedHashMap<>();
    times
        .taken(period)
        .forEach(
            taken ->
                appointments
                    .computeIfAbsent(taken.appointment(), id -> new ArrayList<>())
                    .add(taken));
    return appointments.values().stream().map(this::row).toList();
  }

  private Row row(List<Taken> taken) {
    Map<String, Actor> names = new HashMap<>();
    taken.forEach(each -> names.put(each.actor().kind(), each.actor()));
    Optional<OpenPathway> open =
        Optional.ofNullable(taken.get(0).referral())
            .flatMap(pathways::ofReferral)
            .filter(pathway -> scope.isVisible(pathway.patientId()))
            .flatMap(pathway -> pathways.view(pathway.id()));
    open.ifPresent(each -> scope.listed(each.pathway().patientId()));
    Instant start =
        taken.stream()
            .map(each -> each.during().from())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return new Row(
        LocalDate.ofInstant(start, clock.getZone()),
        start,
        room(names),
        others(names),
        open.map(each -> PatientIdentity.name(each.patient())).orElse(""),
        open.map(each -> each.pathway().id()).orElse(null),
        null);
  }

  static String room(Map<String, Actor> names) {
    return Optional.ofNullable(names.get(BookedAs.ROOM.code())).map(Actor::name).orElse("");
  }

  static List<String> others(Map<String, Actor> names) {
    List<String> others = new ArrayList<>();
    for (BookedAs kind : BookedAs.values()) {
      if (kind != BookedAs.ROOM && names.containsKey(kind.code())) {
        others.add(names.get(kind.code()).name());
      }
    }
    return others;
  }
}
