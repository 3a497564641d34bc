package org.carepathway.audit;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
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
  private final AuditKey key;

  AuditChain(JdbcTemplate jdbc, TransactionTemplate transaction, AuditKey key) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.key = key;
  }

  void link() {
    int linked;
    do {
      linked = transaction.execute(status -> linkSome());
    } while (linked == BATCH);
  }

  /** Whoever keeps this line elsewhere can tell when the newest events are cut off later. */
  void logHead() {
    jdbc.query(
        "select position, hash from audit_chain order by position desc limit 1",
        row -> {
          LOG.info(
              "The audit ends at {}:{}", row.getLong(1), HexFormat.of().formatHex(row.getBytes(2)));
        });
  }

  private int linkSome() {
    if (!jdbc.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, LOCK)) {
      return 0;
    }
    Link last =
        jdbc
            .query(
                "select position, hash from audit_chain order by position desc limit 1",
                (row, n) -> new Link(row.getLong(1), null, row.getBytes(2)))
            .stream()
            .findFirst()
            .orElse(new Link(0, null, ChainHash.FIRST));
    List<Link> links = next(last);
    jdbc.batchUpdate(
        "insert into audit_chain (position, event_id, hash) values (?, ?, ?)",
        links.stream().map(link -> new Object[] {link.position, link.event, link.hash}).toList());
    jdbc.batchUpdate(
        "delete from audit_unlinked where event_id = ?",
        links.stream().map(link -> new Object[] {link.event}).toList());
    return links.size();
  }

  private List<Link> next(Link last) {
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
                  position, row.getObject(1, UUID.class), hash.of(before.hash, position, row, 1)));
        });
    return links;
  }

  private record Link(long position, UUID event, byte[] hash) {}
}
