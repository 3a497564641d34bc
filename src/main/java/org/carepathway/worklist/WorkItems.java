package org.carepathway.worklist;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.patient.SearchWords;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code work_item}. Each change is told to whoever listens, once it is committed. */
@Repository
public class WorkItems {

  private final JdbcTemplate jdbc;

  WorkItems(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void add(WorkItem item) {
    Standing standing = item.standing();
    jdbc.update(
        """
        insert into work_item (id, engine_task_id, pathway_id, patient_id, patient_name, element,
                               title, role, form, due_at, created_at, mrn, born, stage, site,
                               handed_by, escalate_at, status, priority, risk, event, event_by,
                               event_at, version, words)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                array_to_tsvector(?))\
        """,
        item.id(),
        item.engineTaskId(),
        item.pathwayId(),
        item.patientId(),
        item.patientName(),
        item.element(),
        item.title(),
        item.role(),
        item.form(),
        timestamp(item.dueAt()),
        timestamp(item.createdAt()),
        item.about().mrn(),
        item.about().born(),
        item.about().stage(),
        item.about().site(),
        item.about().handedBy(),
        timestamp(item.about().escalateAt()),
        standing.status().code(),
        standing.priority(),
        standing.risk(),
        standing.last().what(),
        standing.last().by(),
        timestamp(standing.last().at()),
        standing.version(),
        SearchWords.of(item.patientName(), item.about().mrn()));
    tell(item);
  }

  public void update(WorkItem item) {
    Standing standing = item.standing();
    Standing.Snooze snooze = standing.snooze();
    jdbc.update(
        """
        update work_item
        set owner = ?, owner_name = ?, status = ?, priority = ?, risk = ?, snoozed_until = ?,
            snooze_reason = ?, hidden_until = ?, escalated_at = ?, escalated_to = ?, notes = ?,
            event = ?, event_by = ?, event_at = ?, ended_at = ?, version = ?
        where id = ?\
        """,
        standing.owner(),
        standing.ownerName(),
        standing.status().code(),
        standing.priority(),
        standing.risk(),
        snooze == null ? null : timestamp(snooze.until()),
        snooze == null ? null : snooze.reason(),
        timestamp(hiddenUntil(item)),
        standing.escalation() == null ? null : timestamp(standing.escalation().at()),
        standing.escalation() == null ? null : standing.escalation().to(),
        standing.notes(),
        standing.last().what(),
        standing.last().by(),
        timestamp(standing.last().at()),
        timestamp(standing.endedAt()),
        standing.version(),
        item.id());
    tell(item);
  }

  /** Locks the row until the transaction ends: of several who complete a task, one wins. */
  Optional<WorkItem> lock(UUID id) {
    return one("where id = ? for update", id);
  }

  Optional<WorkItem> find(UUID id) {
    return one("where id = ?", id);
  }

  Optional<WorkItem> findByEngineTask(String engineTaskId) {
    return one("where engine_task_id = ?", engineTaskId);
  }

  public List<WorkItem> ofPathway(UUID pathwayId) {
    return jdbc.query(
        WorkItemRow.SELECT + "where pathway_id = ? order by created_at, id",
        WorkItemRow::map,
        pathwayId);
  }

  /** Sign-in name of who completed a pathway's task last. */
  Optional<String> lastWorker(UUID pathwayId) {
    return jdbc
        .queryForList(
            """
            select owner from work_item where pathway_id = ? and status = 'completed'
            order by ended_at desc limit 1\
            """,
            String.class,
            pathwayId)
        .stream()
        .findFirst();
  }

  /** Open items that somebody took on. */
  List<UUID> ownedBy(String name) {
    return jdbc.queryForList(
        "select id from work_item where status in ('ready', 'in-progress') and owner = ?",
        UUID.class,
        name);
  }

  /** Open items that were to be escalated by then, the oldest first. */
  List<UUID> toEscalate(Instant now, int limit) {
    return jdbc.queryForList(
        """
        select id from work_item
        where status in ('ready', 'in-progress') and escalated_at is null and escalate_at <= ?
        order by escalate_at limit ?\
        """,
        UUID.class,
        timestamp(now),
        limit);
  }

  private Optional<WorkItem> one(String where, Object key) {
    return jdbc.query(WorkItemRow.SELECT + where, WorkItemRow::map, key).stream().findFirst();
  }

  private void tell(WorkItem item) {
    jdbc.query("select pg_notify(?, ?)", row -> {}, WorkItemChannel.NAME, item.id().toString());
  }

  /** A task that gets overdue comes back however long it was snoozed for. */
  private static Instant hiddenUntil(WorkItem item) {
    Standing.Snooze snooze = item.standing().snooze();
    if (snooze == null) {
      return null;
    }
    boolean dueBefore =
        item.dueAt() != null
            && item.dueAt().isAfter(item.standing().last().at())
            && item.dueAt().isBefore(snooze.until());
    return dueBefore ? item.dueAt() : snooze.until();
  }

  static Timestamp timestamp(Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }
}
