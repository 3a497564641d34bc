package org.carepathway.caseload;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.carepathway.caseload.Case.Trouble;

/** A row of {@code cases} as a case. */
final class CaseRow {

  private CaseRow() {}

  static Case map(ResultSet row, int number) throws SQLException {
    return new Case(
        row.getObject("id", UUID.class),
        row.getString("pathway_key"),
        row.getString("version"),
        new Case.Who(
            row.getString("patient_id"),
            row.getString("name"),
            row.getString("mrn"),
            row.getObject("born", LocalDate.class)),
        row.getString("outcome"),
        instant(row, "started_at"),
        instant(row, "ended_at"),
        row.getString("stage") == null
            ? null
            : new Case.Stage(row.getString("stage"), instant(row, "entered_at")),
        row.getInt("tasks") == 0 ? null : next(row),
        row.getTimestamp("until") == null
            ? null
            : new Case.Pause(
                instant(row, "until"), row.getString("process"), row.getString("element")),
        row.getString("wait") == null ? null : wait(row),
        row.getString("coordinator_name"),
        troubles(row));
  }

  private static Case.Wait wait(ResultSet row) throws SQLException {
    return new Case.Wait(
        row.getString("wait"),
        row.getInt("wait_days"),
        instant(row, "breach_at"),
        row.getBoolean("breached"));
  }

  private static Case.Next next(ResultSet row) throws SQLException {
    return new Case.Next(
        row.getObject("task", UUID.class),
        row.getString("title"),
        row.getString("role"),
        row.getString("owner_name"),
        instant(row, "due_at"),
        instant(row, "created_at"),
        row.getInt("tasks") - 1);
  }

  private static List<Trouble> troubles(ResultSet row) throws SQLException {
    List<Trouble> found = new ArrayList<>();
    if (row.getBoolean("stuck")) {
      add(found, row.getBoolean("overdue"), Trouble.OVERDUE);
      add(found, row.getBoolean("escalated"), Trouble.ESCALATED);
      add(found, row.getBoolean("failed"), Trouble.FAILED);
      add(found, found.isEmpty(), Trouble.NOTHING_AHEAD);
    }
    return List.copyOf(found);
  }

  private static void add(List<Trouble> found, boolean there, Trouble trouble) {
    if (there) {
      found.add(trouble);
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }
}
