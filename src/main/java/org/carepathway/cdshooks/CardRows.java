package org.carepathway.cdshooks;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.carepathway.clock.Watch;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The tables {@code cds_card} and {@code cds_feedback}. */
@Component
class CardRows implements Watch {

  private final JdbcTemplate jdbc;
  private final CdsSettings settings;

  CardRows(JdbcTemplate jdbc, CdsSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** A card that was given out. */
  record Given(UUID id, CardWriter.Held held) {}

  void given(Collection<Given> cards, CdsCall call, String client, String service) {
    Timestamp now = Timestamp.from(Instant.now());
    jdbc.batchUpdate(
        """
        insert into cds_card (id, client, service, hook_instance, card, pathway_key,
                              pathway_version, pathway_id, ehr_user, shown_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        cards.stream()
            .map(
                card ->
                    new Object[] {
                      card.id(),
                      client,
                      service,
                      call.instance(),
                      card.held().card().id(),
                      card.held().content().key(),
                      card.held().content().version(),
                      card.held().pathway() == null ? null : card.held().pathway().id(),
                      call.user(),
                      now
                    })
            .toList());
  }

  /** Those of these that a service has given to a client. */
  Set<UUID> known(Collection<UUID> cards, String client, String service) {
    return new HashSet<>(
        jdbc.queryForList(
            "select id from cds_card where id = any (?) and client = ? and service = ?",
            UUID.class,
            cards.toArray(UUID[]::new),
            client,
            service));
  }

  /** Keeps what clinicians did, each once. */
  void keep(List<Feedback> feedback) {
    jdbc.batchUpdate(
        """
        insert into cds_feedback (card, outcome, outcome_at, reason_system, reason, comment)
        values (?, ?, ?, ?, ?, ?) on conflict do nothing""",
        feedback.stream()
            .map(
                one ->
                    new Object[] {
                      one.card(),
                      one.outcome(),
                      Timestamp.from(one.at()),
                      one.reasonSystem(),
                      one.reason(),
                      one.comment()
                    })
            .toList());
  }

  @Override
  public void look() {
    jdbc.update(
        "delete from cds_card where shown_at < ?",
        Timestamp.from(Instant.now().minus(settings.keep())));
  }
}
