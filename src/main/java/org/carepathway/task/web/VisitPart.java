package org.carepathway.task.web;

import java.util.List;
import java.util.Optional;
import org.carepathway.page.Dates;
import org.carepathway.page.PlainText;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.task.OneVisit;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.web.Aftermath;
import org.carepathway.worklist.web.Recorded;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What stands above a form of a visit: what was filled in at the visit before. */
@Component
class VisitPart {

  /** The heading of the form that comes next; a browser gives it the focus. */
  private static final String NOW = "#now";

  private final OneVisit visit;
  private final Aftermath aftermath;
  private final Texts texts;
  private final PlainText text;

  VisitPart(OneVisit visit, Aftermath aftermath, Dates dates, Texts texts) {
    this.visit = visit;
    this.aftermath = aftermath;
    this.texts = texts;
    this.text = new PlainText(dates, texts);
  }

  /** Adds what was sent at the visit of an item, with the item. */
  void whole(WorkItem item, OpenPathway open, Model model) {
    show(visit.done(item), open, model);
  }

  /** Adds what was sent at the visit before an item, for who may work on it. */
  void before(WorkItem item, OpenPathway open, boolean mayWork, Model model) {
    show(
        mayWork
            ? visit.done(item).stream().filter(one -> !one.id().equals(item.id())).toList()
            : List.of(),
        open,
        model);
  }

  /** {@code sent}, and {@code done} for the last of it, where something was sent. */
  private void show(List<WorkItem> done, OpenPathway open, Model model) {
    model.addAttribute("sent", done.stream().map(one -> recorded(one, open)).toList());
    if (!done.isEmpty()) {
      model.addAttribute("done", aftermath.of(done.get(done.size() - 1)));
    }
  }

  /** Where who has done an item goes on; empty where it is part of no visit. */
  Optional<String> after(WorkItem done) {
    return visit.has(done)
        ? Optional.of(
            visit
                .next(done)
                .map(next -> "/tasks/" + next.id() + NOW)
                .orElse("/tasks/" + done.id() + "/visit"))
        : Optional.empty();
  }

  Recorded recorded(WorkItem item, OpenPathway open) {
    return Recorded.of(item, open, texts.of(open.content().form(item.form())), text);
  }
}
