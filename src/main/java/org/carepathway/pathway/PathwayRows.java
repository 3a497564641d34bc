package org.carepathway.pathway;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.security.ListedPatients;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code pathway}. */
@Repository
class PathwayRows {

  private static final String SELECT =
      """
      select id, pathway_key, version, patient_id, referral_id, care_plan_id, episode_id,
             status, outcome, started_at, ended_at
      from pathway\s""";

  private final JdbcClient jdbc;

  PathwayRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a pathway; waits for a transaction that adds the same referral.
   *
   * @param referralKey what makes the referral the same however often it is sent
   * @return false when the referral has started this pathway already
   */
  boolean add(Pathway pathway, String referralKey) {
    return jdbc.sql(
                """
                insert into pathway (id, pathway_key, version, patient_id, referral_id,
                                     referral_key, care_plan_id, episode_id, status, started_at)
                values (:id, :key, :version, :patient, :referral, :referralKey, :carePlan,
                        :episode, :status, :startedAt)
                on conflict (pathway_key, referral_key) do nothing""")
            .param("id", pathway.id())
            .param("key", pathway.key())
            .param("version", pathway.version())
            .param("patient", pathway.patientId())
            .param("referral", pathway.referralId())
            .param("referralKey", referralKey)
            .param("carePlan", pathway.carePlanId())
            .param("episode", pathway.episodeId())
            .param("status", pathway.status())
            .param("startedAt", Timestamp.from(pathway.startedAt()))
            .update()
        == 1;
  }

  /** Locks the row until the transaction ends: one writer for each pathway. */
  Optional<Pathway> lock(UUID id) {
    return one("where id = :key for update", id);
  }

  Optional<Pathway> find(UUID id) {
    return one("where id = :key", id);
  }

  Optional<Pathway> findByReferral(String referralId) {
    return one("where referral_id = :key", referralId);
  }

  Optional<Pathway> findByCarePlan(String carePlanId) {
    return one("where care_plan_id = :key", carePlanId);
  }

  List<Pathway> findByPatient(String patientId) {
    return jdbc.sql(SELECT + "where patient_id = :patient order by started_at desc")
        .param("patient", patientId)
        .query(PathwayRows::map)
        .list();
  }

  List<Pathway> newest(int limit, ListedPatients listed) {
    return jdbc.sql(
            SELECT
                + "where "
                + listed.condition("patient_id")
                + " order by started_at desc, id limit ?")
        .params(listed.arguments(limit))
        .query(PathwayRows::map)
        .list();
  }

  void end(UUID id, String status, String outcome, Instant at) {
    jdbc.sql(
            """
            update pathway set status = :status, outcome = :outcome, ended_at = :at
            where id = :id""")
        .param("id", id)
        .param("status", status)
        .param("outcome", outcome)
        .param("at", Timestamp.from(at))
        .update();
  }

  private Optional<Pathway> one(String where, Object key) {
    return jdbc.sql(SELECT + where).param("key", key).query(PathwayRows::map).optional();
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
