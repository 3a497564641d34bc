package org.carepathway.chart;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;

/**
 * One activity of a patient's plan.
 *
 * @param status code of CarePlan.activity.detail.status
 * @param when what the date is of: {@code done}, {@code due} or {@code from}; null for no date
 * @param at the date; null where none is known yet
 */
record Activity(String title, String status, String when, Instant at) {

  /**
   * @param items all tasks of the pathway
   * @param ahead what comes up by itself
   */
  static List<Activity> of(CarePlan plan, List<WorkItem> items, Optional<Ahead> ahead) {
    return plan.getActivity().stream()
        .map(activity -> of(activity.getDetail(), items, ahead))
        .toList();
  }

  private static Activity of(
      CarePlanActivityDetailComponent detail, List<WorkItem> items, Optional<Ahead> ahead) {
    String title = detail.getCode().getText();
    String status = detail.getStatus().toCode();
    String element = detail.getCode().getCodingFirstRep().getCode();
    Optional<WorkItem> last =
        items.stream()
            .filter(item -> item.element().equals(element))
            .max(Comparator.comparing(WorkItem::createdAt));
    if (last.isPresent() && !last.get().isOpen()) {
      return new Activity(title, status, "done", last.get().endedAt());
    }
    if (last.isPresent()) {
      return new Activity(
          title, status, last.get().dueAt() == null ? null : "due", last.get().dueAt());
    }
    return ahead
        .filter(next -> next.element().equals(element))
        .map(next -> new Activity(title, status, "from", next.from()))
        .orElse(new Activity(title, status, null, null));
  }
}
