package org.carepathway.security;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code patient_team}. */
@Repository
class PatientTeams {

  private final JdbcTemplate jdbc;

  PatientTeams(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void add(String patientId, String team) {
    jdbc.update(
        "insert into patient_team (patient_id, team) values (?, ?) on conflict do nothing",
        patientId,
        team);
  }

  List<String> of(String patientId) {
    return jdbc.queryForList(
        "select team from patient_team where patient_id = ?", String.class, patientId);
  }

  /** The patients of these teams, at most {@code limit}. */
  List<String> patients(Collection<String> teams, int limit) {
    return jdbc.queryForList(
        """
        select distinct patient_id from patient_team
        where team = any (?) or split_part(team, '/', 1) = any (?) limit ?""",
        String.class,
        teams.toArray(String[]::new),
        teams.toArray(String[]::new),
        limit);
  }
}
