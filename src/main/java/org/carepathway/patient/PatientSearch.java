package org.carepathway.patient;

import java.util.List;
import org.carepathway.security.PatientScope;
import org.springframework.stereotype.Component;

/** Finds patients of one's teams, whatever they wait for and whether or not their pathway ended. */
@Component
public class PatientSearch {

  static final int SIZE = 20;
  private static final int LAST = 500;

  private final PatientRows rows;
  private final PatientScope scope;

  PatientSearch(PatientRows rows, PatientScope scope) {
    this.rows = rows;
    this.scope = scope;
  }

  /**
   * @param vague whether too little was typed to look for
   * @param number of the page, from 1
   * @param more whether there is another one
   */
  public record Page(List<PatientEntry> patients, boolean vague, int number, boolean more) {}

  /**
   * A page of those who fit; the audit keeps that they were shown.
   *
   * @param typed names, record numbers, parts of them, or a date of birth
   * @param number of the page, from 1
   */
  public Page page(String typed, int number) {
    Wanted wanted = Wanted.of(typed);
    int page = Math.min(LAST, Math.max(1, number));
    if (wanted.isVague()) {
      return new Page(List.of(), true, page, false);
    }
    List<PatientEntry> found = rows.find(wanted, scope.listed(), (page - 1) * SIZE, SIZE + 1);
    boolean more = found.size() > SIZE;
    List<PatientEntry> shown = more ? found.subList(0, SIZE) : found;
    shown.forEach(patient -> scope.listed(patient.id()));
    return new Page(List.copyOf(shown), false, page, more);
  }
}
