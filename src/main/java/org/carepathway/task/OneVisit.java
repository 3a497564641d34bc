package org.carepathway.task;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.content.PathwayContent;
import org.carepathway.pathway.Pathways;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.WorkItem.Status;
import org.carepathway.worklist.Worklist;
import org.springframework.stereotype.Component;

/**
 * The tasks that the content marks as one visit of the patient, on one day of the site: who is with
 * the patient does them one after the other.
 */
@Component
public class OneVisit {

  private final Worklist worklist;
  private final Pathways pathways;
  private final Clock clock;

  OneVisit(Worklist worklist, Pathways pathways, Clock clock) {
    this.worklist = worklist;
    this.pathways = pathways;
    this.clock = clock;
  }

  /** Whether an item is part of a visit. */
  public boolean has(WorkItem item) {
    return content(item).visit(item.element()).isPresent();
  }

  /**
   * What was done at the visit of an item until now, in that order: of a task that came twice the
   * last time. With the item itself once that is done; nothing of another day.
   */
  public List<WorkItem> done(WorkItem item) {
    LocalDate day = day(item.endedAt() == null ? clock.instant() : item.endedAt());
    Set<String> seen = new HashSet<>();
    return ofVisit(item).stream()
        .filter(one -> one.status() == Status.COMPLETED && day(one.endedAt()).equals(day))
        .sorted(Comparator.comparing(WorkItem::endedAt).reversed())
        .filter(one -> seen.add(one.element()))
        .sorted(Comparator.comparing(WorkItem::endedAt))
        .toList();
  }

  /**
   * What comes next at the visit of a done item and can be done by who is signed in. What was done
   * at it already and came again, such as consent that the patient thinks about, is for later.
   */
  public Optional<WorkItem> next(WorkItem item) {
    Set<String> before = done(item).stream().map(WorkItem::element).collect(Collectors.toSet());
    return ofVisit(item).stream()
        .filter(one -> one.isOpen() && !before.contains(one.element()))
        .filter(one -> worklist.whyNot(one).isEmpty())
        .findFirst();
  }

  private List<WorkItem> ofVisit(WorkItem item) {
    PathwayContent content = content(item);
    Optional<String> visit = content.visit(item.element());
    return visit.isEmpty()
        ? List.of()
        : worklist.ofPathway(item.pathwayId()).stream()
            .filter(one -> content.visit(one.element()).equals(visit))
            .toList();
  }

  private PathwayContent content(WorkItem item) {
    return pathways
        .view(item.pathwayId())
        .orElseThrow(() -> new IllegalStateException("no pathway " + item.pathwayId()))
        .content();
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, clock.getZone());
  }
}
