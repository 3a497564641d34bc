package org.carepathway.booking;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code calendar_feed}: by which links the calendar of a room or person is read. A token
 * has 144 bits, and only its hash is kept.
 */
@Repository
class CalendarFeedRows {

  /** In bytes. */
  private static final int LENGTH = 18;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcClient jdbc;

  CalendarFeedRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param language in which its entries are named
   */
  record Feed(long actor, Locale language) {}

  /** The token of a new link; those of before end. */
  String issue(Feed feed, String by, Instant at) {
    revoke(feed.actor());
    byte[] bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    jdbc.sql(
            """
            insert into calendar_feed (hash, actor, language, made_by, made_at)
            values (:hash, :actor, :language, :by, :at)""")
        .param("hash", DigestUtils.sha256(token))
        .param("actor", feed.actor())
        .param("language", feed.language().toLanguageTag())
        .param("by", by)
        .param("at", Timestamp.from(at))
        .update();
    return token;
  }

  void revoke(long actor) {
    jdbc.sql("delete from calendar_feed where actor = :actor").param("actor", actor).update();
  }

  /** Whose calendar a token opens. */
  Optional<Feed> find(String token) {
    return jdbc.sql("select actor, language from calendar_feed where hash = :hash")
        .param("hash", DigestUtils.sha256(token))
        .query((row, n) -> new Feed(row.getLong(1), Locale.forLanguageTag(row.getString(2))))
        .optional();
  }

  /** The rooms and people whose calendar somebody may read by a link. */
  List<Long> shared() {
    return jdbc.sql("select distinct actor from calendar_feed").query(Long.class).list();
  }
}
