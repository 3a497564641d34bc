package org.carepathway.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.security.ListedPatients;
import org.carepathway.worklist.WorkItem.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code work_item}. */
@Repository
class WorkItems {

  private static final String SELECT =
      """
      select id, engine_task_id, pathway_id, patient_id, patient_name, element, title, role, form,
             owner, status, priority, due_at, created_at, ended_at, version
      from work_item\s""";

  private final JdbcTemplate jdbc;

  WorkItems(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void add(WorkItem item) {
    jdbc.update(
        """
        insert into work_item (id, engine_task_id, pathway_id, patient_id, patient_name, element,
                               title, role, form, owner, status, priority, due_at, created_at, version)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        item.id(),
        item.engineTaskId(),
        item.pathwayId(),
        item.patientId(),
        item.patientName(),
        item.element(),
        item.title(),
        item.role(),
        item.form(),
        item.owner(),
        item.status().code(),
        item.priority(),
        timestamp(item.dueAt()),
        timestamp(item.createdAt()),
        item.version());
  }

  void update(WorkItem item) {
    jdbc.update(
        "update work_item set owner = ?, status = ?, ended_at = ?, version = ? where id = ?",
        item.owner(),
        item.status().code(),
        timestamp(item.endedAt()),
        item.version(),
        item.id());
  }

  /** Locks the row until the transaction ends: of several who complete a task, one wins. */
  Optional<WorkItem> lock(UUID id) {
    return jdbc.query(SELECT + "where id = ? for update", WorkItems::map, id).stream().findFirst();
  }

  Optional<WorkItem> find(UUID id) {
    return jdbc.query(SELECT + "where id = ?", WorkItems::map, id).stream().findFirst();
  }

  Optional<WorkItem> findByEngineTask(String engineTaskId) {
    return jdbc.query(SELECT + "where engine_task_id = ?", WorkItems::map, engineTaskId).stream()
        .findFirst();
  }

  /** Open items of these roles, the most urgent first. */
  List<WorkItem> open(Collection<String> roles, ListedPatients listed, int limit) {
    return jdbc.query(
        SELECT
            + """
            where status in ('ready', 'in-progress') and role = any (?) and %s
            order by priority desc, due_at nulls last, id
            limit ?"""
                .formatted(listed.condition("patient_id")),
        WorkItems::map,
        listed.arguments(roles.toArray(String[]::new), limit));
  }

  List<WorkItem> ofPathway(UUID pathwayId) {
    return jdbc.query(
        SELECT + "where pathway_id = ? order by created_at, id", WorkItems::map, pathwayId);
  }

  private static WorkItem map(ResultSet row, int number) throws SQLException {
    return new WorkItem(
        row.getObject("id", UUID.class),
        row.getString("engine_task_id"),
        row.getObject("pathway_id", UUID.class),
        row.getString("patient_id"),
        row.getString("patient_name"),
        row.getString("element"),
        row.getString("title"),
        row.getString("role"),
        row.getString("form"),
        row.getString("owner"),
        Status.ofCode(row.getString("status")),
        row.getInt("priority"),
        instant(row.getTimestamp("due_at")),
        instant(row.getTimestamp("created_at")),
        instant(row.getTimestamp("ended_at")),
        row.getInt("version"));
  }

  private static Timestamp timestamp(Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  private static Instant instant(Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
