package org.carepathway.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * One event as the auditor's page shows it.
 *
 * @param kind code of what was done
 */
public record AuditLine(
    UUID id,
    Instant at,
    String kind,
    boolean succeeded,
    String who,
    String display,
    String address,
    String about,
    boolean emergency) {

  static final String SELECT =
      "select id, at, kind, succeeded, who, display, address, about, emergency from audit_event ";

  static AuditLine map(ResultSet row, int number) throws SQLException {
    return new AuditLine(
        row.getObject("id", UUID.class),
        row.getTimestamp("at").toInstant(),
        row.getString("kind"),
        row.getBoolean("succeeded"),
        row.getString("who"),
        row.getString("display"),
        row.getString("address"),
        row.getString("about"),
        row.getBoolean("emergency"));
  }
}
