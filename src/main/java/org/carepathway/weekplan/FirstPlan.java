package org.carepathway.weekplan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.capacity.BookedAs;
import org.carepathway.capacity.Free;

/**
 * The plan that is improved: what is pinned, then each in turn at the first time that is free, as
 * somebody would book them one after the other. It breaks no rule, so that what is made of it
 * breaks none either.
 */
record FirstPlan(Supply supply, List<Instant> starts) {

  private static final Comparator<Visit> ORDER =
      Comparator.comparing(Visit::isPinned)
          .thenComparing(visit -> visit.demand().priority())
          .thenComparing(visit -> visit.demand().waited())
          .reversed()
          .thenComparing(Visit::id);

  void fill(List<Visit> visits) {
    Map<Long, List<Visit>> placed = new HashMap<>();
    for (Visit visit : visits.stream().sorted(ORDER).toList()) {
      if (visit.isPinned() ? keeps(visit, placed) : isPlaced(visit, placed)) {
        for (BookedAs kind : BookedAs.values()) {
          if (visit.needs(kind)) {
            placed.computeIfAbsent(visit.actor(kind), actor -> new ArrayList<>()).add(visit);
          }
        }
      } else {
        visit.leaveOut();
      }
    }
  }

  /** Whether there is any time for it when nobody else is planned. */
  boolean fitsAlone(Demand demand) {
    return isPlaced(new Visit(demand, supply), Map.of());
  }

  private boolean keeps(Visit visit, Map<Long, List<Visit>> placed) {
    return starts.contains(visit.start()) && isAllowed(visit) && hasAll(visit, placed);
  }

  private boolean isPlaced(Visit visit, Map<Long, List<Visit>> placed) {
    for (Instant start : starts) {
      visit.at(start);
      if (isAllowed(visit) && isGivenAll(visit, placed)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAllowed(Visit visit) {
    return !visit.isTooEarly() && !visit.isTooLate() && !visit.isTooLateInTheDay();
  }

  private static boolean hasAll(Visit visit, Map<Long, List<Visit>> placed) {
    for (BookedAs kind : BookedAs.values()) {
      if (visit.needs(kind) && !isFree(visit, kind, placed)) {
        return false;
      }
    }
    return true;
  }

  private boolean isGivenAll(Visit visit, Map<Long, List<Visit>> placed) {
    for (BookedAs kind : BookedAs.values()) {
      if (visit.needs(kind) && one(visit, kind, placed).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private Optional<Free> one(Visit visit, BookedAs kind, Map<Long, List<Visit>> placed) {
    return supply.of(kind).stream()
        .filter(
            each -> {
              visit.with(kind, each);
              return isFree(visit, kind, placed);
            })
        .findFirst();
  }

  private static boolean isFree(Visit visit, BookedAs kind, Map<Long, List<Visit>> placed) {
    return visit.isThere(kind)
        && placed.getOrDefault(visit.actor(kind), List.of()).stream()
            .noneMatch(other -> other.clashes(visit, kind));
  }
}
