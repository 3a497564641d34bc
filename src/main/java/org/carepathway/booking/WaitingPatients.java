package org.carepathway.booking;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.capacity.Bookings;
import org.carepathway.content.Catalogue;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.Urgencies;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.WorkItems;
import org.springframework.stereotype.Component;

/**
 * Who is ready for a time: all whose booking is open, and those who are booked and want an earlier
 * one. The most urgent come first, then who has waited longest.
 */
@Component
class WaitingPatients {

  private static final Comparator<Waiting> ORDER =
      Comparator.comparing(Waiting::priority)
          .reversed()
          .thenComparing(Waiting::since)
          .thenComparing(Waiting::pathwayId);

  private final WorkItems items;
  private final WaitRows rows;
  private final Pathways pathways;
  private final Urgencies urgencies;
  private final Bookings bookings;
  private final Catalogue catalogue;

  WaitingPatients(
      WorkItems items,
      WaitRows rows,
      Pathways pathways,
      Urgencies urgencies,
      Bookings bookings,
      Catalogue catalogue) {
    this.items = items;
    this.rows = rows;
    this.pathways = pathways;
    this.urgencies = urgencies;
    this.bookings = bookings;
    this.catalogue = catalogue;
  }

  List<Waiting> all() {
    Set<String> elements =
        catalogue.offered().stream()
            .flatMap(content -> Moving.of(content).stream())
            .map(Moving::element)
            .collect(Collectors.toSet());
    Stream<Waiting> open = items.openAt(elements).stream().flatMap(item -> unbooked(item).stream());
    Map<UUID, Instant> earlier = rows.earlier();
    Stream<Waiting> booked =
        earlier.entrySet().stream()
            .flatMap(each -> booked(each.getKey(), each.getValue()).stream());
    return Stream.concat(open, booked).sorted(ORDER).toList();
  }

  private Optional<Waiting> unbooked(WorkItem item) {
    return pathways
        .find(item.pathwayId())
        .filter(Pathway::isActive)
        .map(
            pathway ->
                new Waiting(
                    pathway.id(),
                    pathway.patientId(),
                    item.patientName(),
                    item.priority(),
                    pathway.startedAt(),
                    null));
  }

  private Optional<Waiting> booked(UUID id, Instant since) {
    Optional<Pathway> active = pathways.find(id).filter(Pathway::isActive);
    Optional<Instant> start = active.flatMap(pathway -> bookings.start(pathway.referralId()));
    return start.flatMap(at -> pathways.view(id).map(open -> booked(open, since, at)));
  }

  private Waiting booked(OpenPathway open, Instant since, Instant start) {
    return new Waiting(
        open.pathway().id(),
        open.pathway().patientId(),
        PatientIdentity.name(open.patient()),
        urgencies.now(open),
        since,
        start);
  }
}
