package org.carepathway.audit;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.carepathway.startup.StartUpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Links committed events, some at a time and in a transaction of its own: so that steps do not wait
 * for each other at the end of one chain. Of several replicas one links at a time.
 */
@Component
class AuditChain {

  private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);
  private static final long LOCK = 0x6175646974L;
  private static final int BATCH = 1_000;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final AuditKeys keys;

  /**
   * @throws StartUpException when the chain goes on from a key that is not among the settings
   */
  AuditChain(JdbcTemplate jdbc, TransactionTemplate transaction, AuditKeys keys) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.keys = keys;
    String key = last().key;
    if (!keys.knows(key)) {
      throw new StartUpException(
          "The audit was made with the key %s, which is none of carepathway.audit.key (%s) and"
                  .formatted(key, keys.present().id())
              + " carepathway.audit.former-keys.",
          "Give the former secret as CAREPATHWAY_AUDIT_FORMERKEYS, so that the audit stays"
              + " verifiable; if nobody has it any more, give lost:"
              + key
              + " instead.",
          null);
    }
  }

  void link() {
    int linked;
    do {
      linked = transaction.execute(status -> linkSome());
    } while (linked == BATCH);
  }

  /** Whoever keeps this line elsewhere can tell when the newest events are cut off later. */
  void logHead() {
    Link last = last();
    LOG.info("The audit ends at {}:{}", last.position, HexFormat.of().formatHex(last.hash));
  }

  private int linkSome() {
    if (!jdbc.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, LOCK)) {
      return 0;
    }
    Link last = last();
    if (!keys.knows(last.key)) {
      // Another replica has a newer key already: it links what this one keeps.
      return 0;
    }
    List<Link> links = next(last);
    jdbc.batchUpdate(
        "insert into audit_chain (position, event_id, hash, key_id) values (?, ?, ?, ?)",
        links.stream()
            .map(link -> new Object[] {link.position, link.event, link.hash, link.key})
            .toList());
    jdbc.batchUpdate(
        "delete from audit_unlinked where event_id = ?",
        links.stream().map(link -> new Object[] {link.event}).toList());
    return links.size();
  }

  private Link last() {
    return jdbc
        .query(
            "select position, hash, key_id from audit_chain order by position desc limit 1",
            (row, n) -> new Link(row.getLong(1), null, row.getBytes(2), row.getString(3)))
        .stream()
        .findFirst()
        .orElse(new Link(0, null, ChainHash.FIRST, ""));
  }

  private List<Link> next(Link last) {
    AuditKey key = keys.present();
    ChainHash hash = new ChainHash(key.secret());
    List<Link> links = new ArrayList<>();
    jdbc.query(
        "select "
            + ChainHash.COLUMNS
            + " from audit_unlinked u join audit_event e on e.id = u.event_id"
            + " order by e.at, e.id limit "
            + BATCH,
        row -> {
          Link before = links.isEmpty() ? last : links.get(links.size() - 1);
          long position = before.position + 1;
          links.add(
              new Link(
                  position,
                  row.getObject(1, UUID.class),
                  hash.of(before.hash, position, row, 1),
                  key.id()));
        });
    return links;
  }

  /**
   * @param key id of the key that it was made with
   */
  private record Link(long position, UUID event, byte[] hash, String key) {}
}
