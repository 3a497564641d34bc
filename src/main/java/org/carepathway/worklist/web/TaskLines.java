package org.carepathway.worklist.web;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;
import org.carepathway.security.CurrentUser;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.springframework.stereotype.Component;

/** Reads tasks as the lines that pages show. */
@Component
public class TaskLines {

  private final Worklist worklist;
  private final CurrentUser user;
  private final Dates dates;
  private final Texts texts;
  private final Clock clock;

  TaskLines(Worklist worklist, CurrentUser user, Dates dates, Texts texts, Clock clock) {
    this.worklist = worklist;
    this.user = user;
    this.dates = dates;
    this.texts = texts;
    this.clock = clock;
  }

  /** What is open on a pathway, the oldest first. */
  public List<TaskLine> openOn(UUID pathwayId) {
    return lines(worklist.ofPathway(pathwayId).stream().filter(WorkItem::isOpen).toList());
  }

  public TaskLine of(WorkItem item) {
    return TaskLine.of(item, user.agent().name(), clock.instant(), dates, texts);
  }

  List<TaskLine> lines(List<WorkItem> items) {
    return items.stream().map(this::of).toList();
  }
}
