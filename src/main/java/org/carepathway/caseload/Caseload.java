package org.carepathway.caseload;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.carepathway.caseload.CaseFilter.View;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.ListedPatients;
import org.carepathway.security.PatientScope;
import org.carepathway.security.SeenPatients;
import org.carepathway.worklist.Substitution;
import org.springframework.stereotype.Component;

/** The patients of one's teams on their pathways; the audit keeps that they were shown. */
@Component
public class Caseload {

  static final int SIZE = 50;

  /** More than a coordinator looks after; a file of all patients ever is no list to work from. */
  static final int LARGEST_FILE = 5000;

  private final CaseRows rows;
  private final Substitution substitution;
  private final PatientScope scope;
  private final SeenPatients seen;
  private final CurrentUser user;
  private final Clock clock;

  Caseload(
      CaseRows rows,
      Substitution substitution,
      PatientScope scope,
      SeenPatients seen,
      CurrentUser user,
      Clock clock) {
    this.rows = rows;
    this.substitution = substitution;
    this.scope = scope;
    this.seen = seen;
    this.user = user;
    this.clock = clock;
  }

  /**
   * @param more whether there is another page
   * @param stages at which patients stand now
   */
  public record Page(List<Case> cases, boolean more, CaseRows.Counts counts, List<String> stages) {

    /** How many patients a view has. */
    public int count(View view) {
      return switch (view) {
        case MINE -> counts.mine();
        case OPEN -> counts.open();
        case STUCK -> counts.stuck();
        case ENDED -> counts.ended();
      };
    }
  }

  public Page page(CaseFilter filter) {
    Instant now = clock.instant();
    ListedPatients listed = scope.listed();
    List<Case> found = rows.find(filter, listed, mine(), now, (filter.page() - 1) * SIZE, SIZE + 1);
    boolean more = found.size() > SIZE;
    List<Case> shown = more ? List.copyOf(found.subList(0, SIZE)) : found;
    shown.forEach(each -> scope.listed(each.who().patientId()));
    return new Page(shown, more, rows.counts(listed, mine(), now), rows.stages(listed, now));
  }

  /** All that fit, to be kept in a file: the audit keeps it as an export. */
  public List<Case> export(CaseFilter filter) {
    List<Case> found = rows.find(filter, scope.listed(), mine(), clock.instant(), 0, LARGEST_FILE);
    found.forEach(each -> scope.listed(each.who().patientId()));
    found.forEach(each -> seen.exported(each.who().patientId()));
    return found;
  }

  private Set<String> mine() {
    Set<String> names = new HashSet<>(substitution.standsInFor());
    names.add(user.agent().name());
    return names;
  }
}
