package org.carepathway.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Follows the chain from its first link and names what does not fit. */
final class AuditVerifier {

  private static final int FETCH = 1_000;
  private static final int MOST_NAMED = 100;

  private final Connection database;
  private final ChainHash hash;
  private final List<String> findings = new ArrayList<>();
  private long position;
  private byte[] head = ChainHash.FIRST;

  AuditVerifier(Connection database, String key) {
    this.database = database;
    this.hash = new ChainHash(key);
  }

  /**
   * @param expected {@code position:hash} that the log told of earlier
   */
  Result verify(Optional<String> expected) throws SQLException {
    database.setAutoCommit(false);
    try (Statement statement = database.createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows =
          statement.executeQuery(
              "select c.position, c.event_id, c.hash, "
                  + ChainHash.COLUMNS
                  + " from audit_chain c left join audit_event e on e.id = c.event_id"
                  + " order by c.position")) {
        boolean met = expected.isEmpty();
        while (rows.next()) {
          check(rows);
          met = met || expected.get().equals(headText());
        }
        if (!met) {
          find("The chain does not reach " + expected.get() + ": its end was cut off or replaced.");
        }
      }
      unlinked(statement);
    }
    return new Result(position, headText(), List.copyOf(findings));
  }

  private void check(ResultSet row) throws SQLException {
    long at = row.getLong(1);
    if (at != position + 1) {
      find("Missing: the links %d to %d.".formatted(position + 1, at - 1));
    }
    position = at;
    byte[] stored = row.getBytes(3);
    if (row.getString(4) == null) {
      find("Deleted: the event %s at %d.".formatted(row.getString(2), at));
    } else if (!Arrays.equals(stored, hash.of(head, at, row, 4))) {
      find("Changed or moved: the event %s at %d.".formatted(row.getString(2), at));
    }
    head = stored;
  }

  /** An event that is neither linked nor waiting for it came from elsewhere. */
  private void unlinked(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            """
            select e.id from audit_event e
            where not exists (select 1 from audit_chain c where c.event_id = e.id)
              and not exists (select 1 from audit_unlinked u where u.event_id = e.id)""")) {
      while (rows.next()) {
        find("Not in the chain: the event %s.".formatted(rows.getString(1)));
      }
    }
  }

  private void find(String finding) {
    if (findings.size() < MOST_NAMED) {
      findings.add(finding);
    }
  }

  private String headText() {
    return position + ":" + HexFormat.of().formatHex(head);
  }

  /**
   * @param head {@code position:hash} of the last link
   * @param findings empty when all is as it was written; at most 100
   */
  record Result(long events, String head, List<String> findings) {}
}
