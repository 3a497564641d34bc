package org.carepathway.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Which patients a list of ours may show, as a condition of its SQL statement.
 *
 * @param teams null for every team
 */
public record ListedPatients(Collection<String> teams) {

  /** Every patient. */
  static final ListedPatients ALL = new ListedPatients(null);

  /**
   * The condition; its argument, if any, comes just before the last one of the statement.
   *
   * @param column with the id of the Patient, such as {@code patient_id}
   */
  public String condition(String column) {
    return teams == null
        ? "true"
        : """
        %s in (select t.patient_id from patient_team t
               where t.team = any (?) or split_part(t.team, '/', 1) = any (?))\
        """
            .formatted(column);
  }

  /** The condition's arguments. */
  public List<Object> values() {
    if (teams == null) {
      return List.of();
    }
    String[] mine = teams.toArray(String[]::new);
    return List.of(mine, mine);
  }

  /** The statement's arguments with the condition's before the last one. */
  public Object[] arguments(Object... others) {
    List<Object> all = new ArrayList<>(Arrays.asList(others));
    all.addAll(all.size() - 1, values());
    return all.toArray();
  }
}
