package org.carepathway.booking;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.booking.HitPatients.HitPatient;
import org.carepathway.calendar.Closure;
import org.carepathway.calendar.Closures;
import org.carepathway.capacity.Capacity.Hit;
import org.carepathway.capacity.Obstacles;
import org.carepathway.security.CurrentUser;
import org.carepathway.worklist.Replanning;
import org.carepathway.worklist.Replanning.Moved;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Closes the site for days, and says which open tasks are due at another time for that. */
@Component
public class SiteClosing {

  private final Closures closures;
  private final Replanning replanning;
  private final Obstacles obstacles;
  private final HitPatients hits;
  private final TransactionTemplate transaction;
  private final CurrentUser user;
  private final Clock clock;

  SiteClosing(
      Closures closures,
      Replanning replanning,
      Obstacles obstacles,
      HitPatients hits,
      TransactionTemplate transaction,
      CurrentUser user,
      Clock clock) {
    this.closures = closures;
    this.replanning = replanning;
    this.obstacles = obstacles;
    this.hits = hits;
    this.transaction = transaction;
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
   * What follows from a changed calendar.
   *
   * @param moved open tasks that are due at another time
   * @param hits patients who are booked on days that are closed now
   */
  public record Changed(List<Moved> moved, List<HitPatient> hits) {}

  /**
   * @throws ForbiddenOperationException (403) without that right
   * @throws ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException (422) when the days do
   *     not fit or the reason is missing
   */
  public Changed close(LocalDate first, LocalDate last, String reason) {
    requireRight();
    List<Hit> hit =
        transaction.execute(
            status -> {
              Closure closure = closures.add(first, last, reason, user.agent().display());
              return obstacles.site(closure.first(), closure.last());
            });
    return new Changed(replanning.run(), hits.planAgain(hit));
  }

  /** Takes a closure back; one that is gone already changes nothing. */
  public Changed open(UUID id) {
    requireRight();
    boolean opened =
        Boolean.TRUE.equals(
            transaction.execute(
                status -> {
                  Optional<Closure> closure = closures.remove(id);
                  closure.ifPresent(each -> obstacles.site(each.first(), each.last()));
                  return closure.isPresent();
                }));
    return new Changed(
        opened ? replanning.run() : List.of(), opened ? hits.planAgain(List.of()) : List.of());
  }

  private void requireRight() {
    if (!mayChange()) {
      throw new ForbiddenOperationException("Your role may not change the site's calendar.");
    }
  }
}
