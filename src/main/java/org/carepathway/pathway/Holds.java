package org.carepathway.pathway;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code pathway_hold}. */
@Repository
public class Holds {

  /** What is this urgent is done though the pathway is on hold, such as an alarm. */
  private static final int AT_ONCE = 75;

  private final JdbcClient jdbc;

  Holds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Hold> find(UUID pathwayId) {
    return jdbc.sql(
            "select reason, note, held_by, since, ends_at from pathway_hold where pathway_id = :id")
        .param("id", pathwayId)
        .query(
            (row, n) ->
                new Hold(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getTimestamp(4).toInstant(),
                    row.getTimestamp(5).toInstant()))
        .optional();
  }

  public void add(UUID pathwayId, Hold hold) {
    jdbc.sql(
            """
            insert into pathway_hold (pathway_id, reason, note, held_by, since, ends_at)
            values (:id, :reason, :note, :by, :since, :until)""")
        .param("id", pathwayId)
        .param("reason", hold.reason())
        .param("note", hold.note())
        .param("by", hold.by())
        .param("since", Timestamp.from(hold.since()))
        .param("until", Timestamp.from(hold.until()))
        .update();
  }

  /** The pathways whose hold is over. */
  public List<UUID> over(Instant now) {
    return jdbc.sql("select pathway_id from pathway_hold where ends_at <= :now")
        .param("now", Timestamp.from(now))
        .query(UUID.class)
        .list();
  }

  public void remove(UUID pathwayId) {
    jdbc.sql("delete from pathway_hold where pathway_id = :id").param("id", pathwayId).update();
  }

  /**
   * @throws ResourceVersionConflictException (409) when the pathway is on hold and what is to be
   *     done is not for at once
   */
  public void refuse(UUID pathwayId, int priority) {
    if (priority < AT_ONCE) {
      find(pathwayId)
          .ifPresent(
              hold -> {
                throw new ResourceVersionConflictException(
                    "The pathway was put on hold by %s: resume it first. Nothing was changed."
                        .formatted(hold.by()));
              });
    }
  }
}
