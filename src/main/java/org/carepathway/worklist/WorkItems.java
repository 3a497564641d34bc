package org.carepathway.worklist;

import static java.sql.Types.DATE;
import static java.sql.Types.TIMESTAMP;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.patient.SearchWords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code work_item}. Each change is told to whoever listens, once it is committed. */
@Repository
public class WorkItems {

  private final JdbcClient jdbc;

  WorkItems(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(WorkItem item) {
    jdbc.sql(
            """
            insert into work_item (id, engine_task_id, pathway_id, patient_id, patient_name,
                                   element, title, role, form, due_at, created_at, mrn, born,
                                   stage, site, handed_by, escalate_at, status, priority, risk,
                                   event, event_by, event_at, version, words)
            values (:id, :engineTaskId, :pathwayId, :patientId, :patientName, :element, :title,
                    :role, :form, :dueAt, :createdAt, :mrn, :born, :stage, :site, :handedBy,
                    :escalateAt, :status, :priority, :risk, :event, :eventBy, :eventAt, :version,
                    array_to_tsvector(:words))\
            """)
        .param("id", item.id())
        .param("engineTaskId", item.engineTaskId())
        .param("pathwayId", item.pathwayId())
        .param("patientId", item.patientId())
        .param("patientName", item.patientName())
        .param("element", item.element())
        .param("title", item.title())
        .param("role", item.role())
        .param("form", item.form())
        .param("dueAt", timestamp(item.dueAt()), TIMESTAMP)
        .param("createdAt", timestamp(item.createdAt()))
        .param("mrn", item.about().mrn())
        .param("born", item.about().born(), DATE)
        .param("stage", item.about().stage())
        .param("site", item.about().site())
        .param("handedBy", item.about().handedBy())
        .param("escalateAt", timestamp(item.about().escalateAt()), TIMESTAMP)
        .param("words", SearchWords.of(item.patientName(), item.about().mrn()))
        .params(standing(item.standing()))
        .update();
    tell(item);
  }

  public void update(WorkItem item) {
    Standing standing = item.standing();
    Optional<Standing.Snooze> snooze = Optional.ofNullable(standing.snooze());
    Optional<Standing.Escalated> escalation = Optional.ofNullable(standing.escalation());
    jdbc.sql(
            """
            update work_item
            set owner = :owner, owner_name = :ownerName, status = :status, priority = :priority,
                risk = :risk, snoozed_until = :snoozedUntil, snooze_reason = :snoozeReason,
                hidden_until = :hiddenUntil, escalated_at = :escalatedAt,
                escalated_to = :escalatedTo, notes = :notes, event = :event,
                event_by = :eventBy, event_at = :eventAt, ended_at = :endedAt, version = :version
            where id = :id\
            """)
        .param("id", item.id())
        .param("owner", standing.owner())
        .param("ownerName", standing.ownerName())
        .param("snoozedUntil", timestamp(snooze.map(Standing.Snooze::until)), TIMESTAMP)
        .param("snoozeReason", snooze.map(Standing.Snooze::reason).orElse(null))
        .param("hiddenUntil", timestamp(hiddenUntil(item)), TIMESTAMP)
        .param("escalatedAt", timestamp(escalation.map(Standing.Escalated::at)), TIMESTAMP)
        .param("escalatedTo", escalation.map(Standing.Escalated::to).orElse(null))
        .param("notes", standing.notes())
        .param("endedAt", timestamp(standing.endedAt()), TIMESTAMP)
        .params(standing(standing))
        .update();
    tell(item);
  }

  private static Map<String, ?> standing(Standing standing) {
    return Map.of(
        "status", standing.status().code(),
        "priority", standing.priority(),
        "risk", standing.risk(),
        "event", standing.last().what(),
        "eventBy", standing.last().by(),
        "eventAt", timestamp(standing.last().at()),
        "version", standing.version());
  }

  /** Locks the row until the transaction ends: of several who complete a task, one wins. */
  Optional<WorkItem> lock(UUID id) {
    return one("where id = :key for update", id);
  }

  Optional<WorkItem> find(UUID id) {
    return one("where id = :key", id);
  }

  Optional<WorkItem> findByEngineTask(String engineTaskId) {
    return one("where engine_task_id = :key", engineTaskId);
  }

  public List<WorkItem> ofPathway(UUID pathwayId) {
    return jdbc.sql(WorkItemRow.SELECT + "where pathway_id = :pathway order by created_at, id")
        .param("pathway", pathwayId)
        .query(WorkItemRow::map)
        .list();
  }

  /** Open items of these BPMN elements, of all pathways. */
  public List<WorkItem> openAt(Collection<String> elements) {
    return elements.isEmpty()
        ? List.of()
        : jdbc.sql(
                WorkItemRow.SELECT
                    + """
                    where element in (:elements) and status in ('ready', 'in-progress')
                    order by created_at, id\
                    """)
            .param("elements", elements)
            .query(WorkItemRow::map)
            .list();
  }

  /** Sign-in name of who completed a pathway's task last. */
  Optional<String> lastWorker(UUID pathwayId) {
    return jdbc
        .sql(
            """
            select owner from work_item where pathway_id = :pathway and status = 'completed'
            order by ended_at desc limit 1\
            """)
        .param("pathway", pathwayId)
        .query(String.class)
        .list()
        .stream()
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** Open items that somebody took on. */
  List<UUID> ownedBy(String name) {
    return jdbc.sql(
            "select id from work_item where status in ('ready', 'in-progress') and owner = :owner")
        .param("owner", name)
        .query(UUID.class)
        .list();
  }

  private Optional<WorkItem> one(String where, Object key) {
    return jdbc.sql(WorkItemRow.SELECT + where)
        .param("key", key)
        .query(WorkItemRow::map)
        .optional();
  }

  private void tell(WorkItem item) {
    jdbc.sql("select pg_notify(:channel, :item)")
        .param("channel", WorkItemChannel.NAME)
        .param("item", item.id().toString())
        .query(row -> {});
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

  private static Timestamp timestamp(Optional<Instant> instant) {
    return timestamp(instant.orElse(null));
  }
}
