package org.carepathway.worklist.web;

import java.util.Optional;
import java.util.Set;
import org.carepathway.security.Role;
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

  static Optional<Obstacle> of(WorkItem item, String me, Set<Role> roles) {
    if (!item.isOpen()) {
      return Optional.of(FINISHED);
    }
    if (roles.stream().map(Role::code).noneMatch(item.role()::equals)) {
      return Optional.of(OTHER_ROLE);
    }
    return item.owner() == null || item.owner().equals(me) ? Optional.empty() : Optional.of(TAKEN);
  }
}
