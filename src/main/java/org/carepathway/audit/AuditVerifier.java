package org.carepathway.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Follows the chain from its first link and names what does not fit. */
final class AuditVerifier {

  private static final int FETCH = 1_000;
  private static final int MOST_NAMED = 100;

  private final Connection database;
  private final ChainKeys keys;
  private final List<String> findings = new ArrayList<>();
  private final Map<String, Range> unchecked = new TreeMap<>();
  private long position;
  private byte[] head = ChainHash.FIRST;

  AuditVerifier(Connection database, AuditKeys keys) {
    this.database = database;
    this.keys = new ChainKeys(keys);
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
              "select c.position, c.event_id, c.hash, c.key_id, "
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
    keys.end(position).ifPresent(this::find);
    return new Result(
        position,
        headText(),
        List.copyOf(findings),
        unchecked.entrySet().stream().map(AuditVerifier::missing).toList());
  }

  private void check(ResultSet row) throws SQLException {
    long at = row.getLong(1);
    if (at != position + 1) {
      find("Missing: the links %d to %d.".formatted(position + 1, at - 1));
    }
    position = at;
    byte[] stored = row.getBytes(3);
    String key = row.getString(4);
    if (row.getString(5) == null) {
      find("Deleted: the event %s at %d.".formatted(row.getString(2), at));
    } else if (keys.isMissing(key)) {
      unchecked.merge(key, new Range(at, at), (all, one) -> new Range(all.first, one.last));
    } else if (!fits(row, stored, key)) {
      find("Changed or moved: the event %s at %d.".formatted(row.getString(2), at));
    }
    keys.used(key, at).ifPresent(this::find);
    head = stored;
  }

  private boolean fits(ResultSet row, byte[] stored, String key) throws SQLException {
    for (ChainHash hash : keys.of(key)) {
      if (Arrays.equals(stored, hash.of(head, position, row, 5))) {
        return true;
      }
    }
    return false;
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

  private static String missing(Map.Entry<String, Range> key) {
    return "Not checked: the events %d to %d, for want of the key %s (carepathway.audit.former-keys)."
        .formatted(key.getValue().first, key.getValue().last, key.getKey());
  }

  private record Range(long first, long last) {}

  /**
   * @param head {@code position:hash} of the last link
   * @param findings empty when all that could be checked is as it was written; at most 100
   * @param unchecked what could not be checked, for want of a key
   */
  record Result(long events, String head, List<String> findings, List<String> unchecked) {}
}
