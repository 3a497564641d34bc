package org.carepathway.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.carepathway.worklist.Standing.Escalated;
import org.carepathway.worklist.Standing.Event;
import org.carepathway.worklist.Standing.Snooze;
import org.carepathway.worklist.WorkItem.Status;

/** A row of the table {@code work_item}. */
final class WorkItemRow {

  static final String COLUMNS =
      """
      id, engine_task_id, pathway_id, patient_id, patient_name, element, title, role, form, due_at,
      created_at, mrn, born, stage, site, handed_by, escalate_at, owner, owner_name, status,
      priority, risk, snoozed_until, snooze_reason, escalated_at, escalated_to, notes, event,
      event_by, event_at, ended_at, version\
      """;

  static final String SELECT = "select " + COLUMNS + " from work_item ";

  private WorkItemRow() {}

  static WorkItem map(ResultSet row, int number) throws SQLException {
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
        instant(row, "due_at"),
        instant(row, "created_at"),
        new WorkItem.About(
            row.getString("mrn"),
            row.getObject("born", LocalDate.class),
            row.getString("stage"),
            row.getString("site"),
            row.getString("handed_by"),
            instant(row, "escalate_at")),
        standing(row));
  }

  private static Standing standing(ResultSet row) throws SQLException {
    Instant snoozed = instant(row, "snoozed_until");
    Instant escalated = instant(row, "escalated_at");
    return new Standing(
        row.getString("owner"),
        row.getString("owner_name"),
        Status.ofCode(row.getString("status")),
        row.getInt("priority"),
        row.getInt("risk"),
        snoozed == null ? null : new Snooze(snoozed, row.getString("snooze_reason")),
        escalated == null ? null : new Escalated(escalated, row.getString("escalated_to")),
        row.getInt("notes"),
        new Event(row.getString("event"), row.getString("event_by"), instant(row, "event_at")),
        instant(row, "ended_at"),
        row.getInt("version"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }
}
