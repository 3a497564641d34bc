package org.carepathway.pathway;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.security.ListedPatients;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code pathway}. */
@Repository
class PathwayRows {

  private static final String SELECT =
      """
      select id, pathway_key, version, patient_id, referral_id, care_plan_id, episode_id,
             status, outcome, started_at, ended_at
      from pathway\s""";

  private final JdbcTemplate jdbc;

  PathwayRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a pathway; waits for a transaction that adds the same referral.
   *
   * @param referralKey what makes the referral the same however often it is sent
   * @return false when the referral has started this pathway already
   */
  boolean add(Pathway pathway, String referralKey) {
    return jdbc.update(
            """
            insert into pathway (id, pathway_key, version, patient_id, referral_id, referral_key,
                                 care_plan_id, episode_id, status, started_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (pathway_key, referral_key) do nothing""",
            pathway.id(),
            pathway.key(),
            pathway.version(),
            pathway.patientId(),
            pathway.referralId(),
            referralKey,
            pathway.carePlanId(),
            pathway.episodeId(),
            pathway.status(),
            Timestamp.from(pathway.startedAt()))
        == 1;
  }

  /** Locks the row until the transaction ends: one writer for each pathway. */
  Optional<Pathway> lock(UUID id) {
    return jdbc.query(SELECT + "where id = ? for update", PathwayRows::map, id).stream()
        .findFirst();
  }

  Optional<Pathway> find(UUID id) {
    return jdbc.query(SELECT + "where id = ?", PathwayRows::map, id).stream().findFirst();
  }

  Optional<Pathway> findByReferral(String referralId) {
    return jdbc.query(SELECT + "where referral_id = ?", PathwayRows::map, referralId).stream()
        .findFirst();
  }

  Optional<Pathway> findByKey(String pathwayKey, String referralKey) {
    return jdbc
        .query(
            SELECT + "where pathway_key = ? and referral_key = ?",
            PathwayRows::map,
            pathwayKey,
            referralKey)
        .stream()
        .findFirst();
  }

  Optional<Pathway> findByCarePlan(String carePlanId) {
    return jdbc.query(SELECT + "where care_plan_id = ?", PathwayRows::map, carePlanId).stream()
        .findFirst();
  }

  List<Pathway> findByPatient(String patientId) {
    return jdbc.query(
        SELECT + "where patient_id = ? order by started_at desc", PathwayRows::map, patientId);
  }

  List<Pathway> newest(int limit, ListedPatients listed) {
    return jdbc.query(
        SELECT
            + "where "
            + listed.condition("patient_id")
            + " order by started_at desc, id limit ?",
        PathwayRows::map,
        listed.arguments(limit));
  }

  void end(UUID id, String status, String outcome, Instant at) {
    jdbc.update(
        "update pathway set status = ?, outcome = ?, ended_at = ? where id = ?",
        status,
        outcome,
        Timestamp.from(at),
        id);
  }

  private static Pathway map(ResultSet row, int number) throws SQLException {
    Timestamp ended = row.getTimestamp("ended_at");
    return new Pathway(
        row.getObject("id", UUID.class),
        row.getString("pathway_key"),
        row.getString("version"),
        row.getString("patient_id"),
        row.getString("referral_id"),
        row.getString("care_plan_id"),
        row.getString("episode_id"),
        row.getString("status"),
        row.getString("outcome"),
        row.getTimestamp("started_at").toInstant(),
        ended == null ? null : ended.toInstant());
  }
}
