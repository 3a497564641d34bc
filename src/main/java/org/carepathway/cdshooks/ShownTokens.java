package org.carepathway.cdshooks;

import java.sql.Timestamp;
import java.time.Instant;
import org.carepathway.clock.Watch;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The tokens that were shown, until they end: none is taken twice, by whichever replica. */
@Component
class ShownTokens implements Watch {

  private final JdbcTemplate jdbc;

  ShownTokens(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether it is shown for the first time; from now on it was shown. */
  boolean first(String issuer, CdsClient.Shown token) {
    return jdbc.update(
            """
            insert into cds_token (issuer, jti, ends_at) values (?, ?, ?)
            on conflict (issuer, jti) do nothing""",
            issuer,
            token.id(),
            Timestamp.from(token.until()))
        == 1;
  }

  @Override
  public void look() {
    jdbc.update("delete from cds_token where ends_at < ?", Timestamp.from(Instant.now()));
  }
}
