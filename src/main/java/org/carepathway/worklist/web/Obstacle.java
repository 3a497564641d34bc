package org.carepathway.worklist.web;

import java.util.Optional;
import org.carepathway.security.CurrentUser;
import org.carepathway.worklist.WorkItem;
import org.springframework.http.HttpStatus;

/** Why somebody cannot work on a task. */
enum Obstacle {
  FINISHED(HttpStatus.CONFLICT),
  OTHER_ROLE(HttpStatus.FORBIDDEN),
  TAKEN(HttpStatus.CONFLICT);

  private final HttpStatus status;

  Obstacle(HttpStatus status) {
    this.status = status;
  }

  HttpStatus status() {
    return status;
  }

  static Optional<Obstacle> of(WorkItem item, CurrentUser user) {
    if (!item.isOpen()) {
      return Optional.of(FINISHED);
    }
    if (isForOthers(item, user)) {
      return Optional.of(OTHER_ROLE);
    }
    boolean free = item.owner() == null || item.owner().equals(user.agent().name());
    return free ? Optional.empty() : Optional.of(TAKEN);
  }

  /** Whether the task, open or not, is for roles that who is signed in does not have. */
  static boolean isForOthers(WorkItem item, CurrentUser user) {
    return !user.mayDo(item.role());
  }
}
