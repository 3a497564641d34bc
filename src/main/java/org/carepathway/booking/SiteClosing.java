package org.carepathway.booking;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.carepathway.calendar.Closure;
import org.carepathway.calendar.Closures;
import org.carepathway.security.CurrentUser;
import org.carepathway.worklist.Replanning;
import org.carepathway.worklist.Replanning.Moved;
import org.springframework.stereotype.Component;

/** Closes the site for days, and says which open tasks are due at another time for that. */
@Component
public class SiteClosing {

  private final Closures closures;
  private final Replanning replanning;
  private final CurrentUser user;
  private final Clock clock;

  SiteClosing(Closures closures, Replanning replanning, CurrentUser user, Clock clock) {
    this.closures = closures;
    this.replanning = replanning;
    this.user = user;
    this.clock = clock;
  }

  /** Whether who is signed in may change the site's calendar. */
  public boolean mayChange() {
    return user.mayAct("close-site");
  }

  /** Closures that are not over. */
  public List<Closure> current() {
    return closures.notOver(LocalDate.now(clock));
  }

  /**
   * @throws ForbiddenOperationException (403) without that right
   * @throws ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException (422) when the days do
   *     not fit or the reason is missing
   */
  public List<Moved> close(LocalDate first, LocalDate last, String reason) {
    requireRight();
    closures.add(first, last, reason, user.agent().display());
    return replanning.run();
  }

  /** Takes a closure back; one that is gone already changes nothing. */
  public List<Moved> open(UUID id) {
    requireRight();
    return closures.remove(id) ? replanning.run() : List.of();
  }

  private void requireRight() {
    if (!mayChange()) {
      throw new ForbiddenOperationException("Your role may not change the site's calendar.");
    }
  }
}
