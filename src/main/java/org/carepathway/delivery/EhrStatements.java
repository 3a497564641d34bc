package org.carepathway.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.carepathway.ehr.EhrFault;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What each EHR says that it can do. It is kept, so that an EHR that is away at the start of the
 * service changes nothing, and asked anew each day.
 */
@Component
class EhrStatements {

  private static final Duration FRESH = Duration.ofDays(1);

  private final JdbcTemplate jdbc;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  EhrStatements(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param readAt when the EHR said so; null where it has never said anything
   * @param isChanged since an administrator has looked at it
   */
  record Known(Capability capability, Instant readAt, boolean isChanged, String acceptedBy) {}

  /** What is known, asked for where it is old or not known. */
  Capability of(Sites.Site site) {
    if (site.server() == null) {
      return Capability.UNKNOWN;
    }
    Known last = known.computeIfAbsent(site.name(), name -> stored(name).orElse(NOTHING));
    if (last.readAt() == null || last.readAt().plus(FRESH).isBefore(Instant.now())) {
      try {
        return ask(site).capability();
      } catch (EhrFault fault) {
        if (last.readAt() == null) {
          throw fault;
        }
      }
    }
    return last.capability();
  }

  private static final Known NOTHING = new Known(Capability.UNKNOWN, null, false, null);

  /** What is known without asking anybody. */
  Known known(String site) {
    return stored(site).orElse(NOTHING);
  }

  /**
   * Asks the EHR now.
   *
   * @throws EhrFault where it does not say
   */
  Known ask(Sites.Site site) {
    JsonNode statement = site.server().capability();
    jdbc.update(
        """
        insert into outbox_capability (site, statement, digest) values (?, ?, ?)
        on conflict (site) do update set statement = excluded.statement, digest = excluded.digest, read_at = now()""",
        site.name(),
        statement.toString(),
        Capability.of(statement).digest());
    Known now = stored(site.name()).orElseThrow();
    known.put(site.name(), now);
    return now;
  }

  /**
   * Whether the EHR says now that it takes something else than it said before, when it has refused
   * what it said that it takes.
   */
  boolean isOtherNow(Sites.Site site) {
    String before = known(site.name()).capability().digest();
    try {
      return !ask(site).capability().digest().equals(before);
    } catch (EhrFault silent) {
      return false;
    }
  }

  /** Somebody has looked at what is written how, and lets it be so. */
  void accept(String site, String who) {
    jdbc.update(
        "update outbox_capability set accepted = digest, accepted_by = ?, accepted_at = now() where site = ?",
        who,
        site);
    known.remove(site);
  }

  private Optional<Known> stored(String site) {
    return jdbc
        .query(
            "select statement, read_at, accepted is not null and accepted <> digest, accepted_by from outbox_capability where site = ?",
            (row, n) -> {
              Timestamp at = row.getTimestamp(2);
              return new Known(
                  Capability.of(row.getString(1)),
                  at.toInstant(),
                  row.getBoolean(3),
                  row.getString(4));
            },
            site)
        .stream()
        .findFirst();
  }
}
