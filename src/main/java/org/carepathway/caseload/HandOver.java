package org.carepathway.caseload;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.util.List;
import org.carepathway.caseload.CaseFilter.View;
import org.carepathway.security.Colleague;
import org.carepathway.security.PatientScope;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/**
 * All patients of one coordinator go to another one in one act. Each is a change of its own: one
 * that cannot be made now leaves the others as they are.
 */
@Component
public class HandOver {

  private final CaseRows rows;
  private final Coordinators coordinators;
  private final PatientScope scope;
  private final Clock clock;

  HandOver(CaseRows rows, Coordinators coordinators, PatientScope scope, Clock clock) {
    this.rows = rows;
    this.coordinators = coordinators;
    this.scope = scope;
    this.clock = clock;
  }

  /**
   * @param to name of who has them now, as people read it
   * @param left how many stay with who had them, since another person changes them
   */
  public record Handed(String to, int done, int left) {}

  /** Who looks after how many of the patients of one's teams; none for who may not hand over. */
  public List<Share> shares() {
    return coordinators.mayName() ? rows.shares(scope.listed(), clock.instant()) : List.of();
  }

  /**
   * @param from sign-in name of who looks after them
   * @throws ForbiddenOperationException (403) for other roles
   * @throws UnprocessableEntityException (422) for who is no coordinator, for one and the same, and
   *     where there is nobody to hand over; nothing is changed then
   */
  public Handed all(String from, Colleague to) {
    if (!coordinators.mayName()) {
      throw new ForbiddenOperationException("Your role may not name a patient's coordinator.");
    }
    if (to.name().equals(from)) {
      throw new UnprocessableEntityException("Choose somebody else to hand the patients over to.");
    }
    CaseFilter filter = CaseFilter.of(View.MINE.code(), null, "started", 1);
    List<Case> theirs =
        rows.find(filter, scope.listed(), List.of(from), clock.instant(), 0, Caseload.LARGEST_FILE);
    if (theirs.isEmpty()) {
      throw new UnprocessableEntityException("There is no patient of theirs to hand over.");
    }
    int done = 0;
    for (Case one : theirs) {
      done += isNamed(one, to) ? 1 : 0;
    }
    return new Handed(to.display(), done, theirs.size() - done);
  }

  /** A person who is no coordinator is refused for the first patient already. */
  private boolean isNamed(Case one, Colleague to) {
    try {
      coordinators.name(one.id(), to);
      return true;
    } catch (UnprocessableEntityException noCoordinator) {
      throw noCoordinator;
    } catch (BaseServerResponseException | ConcurrencyFailureException meanwhile) {
      return false;
    }
  }
}
