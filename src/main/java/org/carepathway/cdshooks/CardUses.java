package org.carepathway.cdshooks;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What clinicians did with cards, for who connects systems: no patient, and nothing that was
 * written.
 */
@Component
public class CardUses {

  private static final int MOST = 200;

  private final JdbcTemplate jdbc;

  CardUses(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The last word on each card that was given counts. */
  public List<CardUse> all() {
    return jdbc.query(
        """
        with told as (
          select distinct on (card) card, outcome, coalesce(reason, '') as reason, comment is not null as commented
          from cds_feedback order by card, outcome_at desc, received_at desc),
        each as (
          select c.client, c.service, c.card, t.outcome, t.reason, t.commented
          from cds_card c left join told t on t.card = c.id),
        why as (
          select client, service, card, string_agg(reason || ': ' || n, ', ' order by n desc, reason) as reasons
          from (select client, service, card, reason, count(*) as n from each
            where outcome = 'overridden' and reason <> '' group by client, service, card, reason) r
          group by client, service, card)
        select e.client, e.service, e.card, count(*) as shown,
          count(*) filter (where outcome = 'accepted') as accepted,
          count(*) filter (where outcome = 'overridden') as set_aside,
          coalesce(max(w.reasons), '') as reasons,
          count(*) filter (where commented) as comments
        from each e left join why w using (client, service, card)
        group by e.client, e.service, e.card order by shown desc, e.client, e.card limit ?""",
        (row, n) ->
            new CardUse(
                row.getString("client"),
                row.getString("service"),
                row.getString("card"),
                row.getLong("shown"),
                row.getLong("accepted"),
                row.getLong("set_aside"),
                row.getString("reasons"),
                row.getLong("comments")),
        MOST);
  }
}
