package org.carepathway.chart;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.carepathway.deviation.AddedSteps;
import org.carepathway.deviation.Deviations;
import org.carepathway.page.Facts;
import org.carepathway.pathway.Holds;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The plan with its dates, the appointments, and what departs from the plan. */
@Component
class PlanPart {

  private final Worklist worklist;
  private final Deviations deviations;
  private final AddedSteps added;
  private final Holds holds;
  private final Facts facts;

  PlanPart(Worklist worklist, Deviations deviations, AddedSteps added, Holds holds, Facts facts) {
    this.worklist = worklist;
    this.deviations = deviations;
    this.added = added;
    this.holds = holds;
    this.facts = facts;
  }

  /** A task that may be left out. */
  record Skippable(UUID id, String title) {}

  void show(OpenPathway open, Optional<Ahead> ahead, Model model) {
    UUID id = open.pathway().id();
    List<WorkItem> items = worklist.ofPathway(id);
    model.addAttribute("activities", Activity.of(open.carePlan(), items, ahead));
    model.addAttribute("appointments", facts.of(open.resources(Set.of("Appointment"))));
    model.addAttribute("hold", open.pathway().isActive() ? holds.find(id).orElse(null) : null);
    model.addAttribute("mayDeviate", open.pathway().isActive() && deviations.mayDeviate());
    model.addAttribute("addable", added.possible(open));
    model.addAttribute("reasons", Deviations.REASONS);
    model.addAttribute(
        "skippable",
        items.stream()
            .filter(deviations::canSkip)
            .map(item -> new Skippable(item.id(), item.title()))
            .toList());
  }
}
