package org.carepathway.chart;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.caseload.Coordinators;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.security.Colleagues;
import org.carepathway.security.Role;
import org.carepathway.waiting.WaitingClocks;
import org.carepathway.worklist.web.TaskLines;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What stands above the tabs of the patient page: where the patient is, and what is to be done. */
@Component
class PathwayTop {

  private final TaskLines lines;
  private final Coordinators coordinators;
  private final Colleagues colleagues;
  private final WaitingClocks waits;
  private final Clock clock;

  PathwayTop(
      TaskLines lines,
      Coordinators coordinators,
      Colleagues colleagues,
      WaitingClocks waits,
      Clock clock) {
    this.lines = lines;
    this.coordinators = coordinators;
    this.colleagues = colleagues;
    this.waits = waits;
    this.clock = clock;
  }

  void show(OpenPathway open, Stays stays, Optional<Ahead> ahead, Model model) {
    UUID id = open.pathway().id();
    model.addAttribute(
        "stages", StageLine.of(Diagrams.of(open.content(), null), stays.all(), stays.undone()));
    model.addAttribute("tasks", lines.openOn(id));
    model.addAttribute("ahead", ahead.orElse(null));
    model.addAttribute("wait", waits.of(open).orElse(null));
    Instant today = LocalDate.now(clock).atStartOfDay(clock.getZone()).toInstant();
    model.addAttribute("slot", Slot.of(open, today).orElse(null));
    model.addAttribute("coordinator", coordinators.of(id).orElse(null));
    model.addAttribute(
        "coordinators",
        open.pathway().isActive() && coordinators.mayName()
            ? colleagues.withRoles(List.of(Role.COORDINATOR.code()))
            : List.of());
  }
}
