package org.carepathway.outreach;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The tables {@code outreach_link} and {@code outreach_proof}: links by which patients reach one
 * page without an account, and the browsers in which the right date of birth was told. A token has
 * 144 bits, and only its hash is kept.
 */
@Repository
public class Links {

  /** In bytes. */
  private static final int LENGTH = 18;

  private static final Duration PROOF = Duration.ofHours(2);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcClient jdbc;
  private final Clock clock;

  Links(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * A link that somebody has opened.
   *
   * @param about what it is about
   * @param language of the message that brought it
   * @param expired whether it is too late
   * @param proven whether the browser has told the right date of birth
   */
  public record Link(String about, Locale language, boolean expired, boolean proven) {}

  /** A token for a message, in the transaction that hands it over. */
  String issue(Message message, Instant expires) {
    String token = random();
    jdbc.sql(
            """
            insert into outreach_link (hash, about, message, expires_at)
            values (:hash, :about, :message, :expires)""")
        .param("hash", DigestUtils.sha256(token))
        .param("about", message.about())
        .param("message", message.id())
        .param("expires", Timestamp.from(expires))
        .update();
    return token;
  }

  /**
   * @param proof what the browser has; null for nothing
   */
  public Optional<Link> find(String token, String proof) {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            select l.about, m.language, l.expires_at <= :now,
                   exists (select from outreach_proof p
                           where p.hash = :proof and p.link = l.hash and p.until_at > :now)
            from outreach_link l join outreach_message m on m.id = l.message
            where l.hash = :hash""")
        .param("now", Timestamp.from(now))
        .param("proof", DigestUtils.sha256(proof == null ? "" : proof))
        .param("hash", DigestUtils.sha256(token))
        .query(
            (row, n) ->
                new Link(
                    row.getString(1),
                    Locale.forLanguageTag(row.getString(2)),
                    row.getBoolean(3),
                    row.getBoolean(4)))
        .optional();
  }

  /**
   * What the browser gets that has told the right date of birth. That of another phone on which the
   * same link is open stays good: two of a family may answer at once.
   */
  public String prove(String token) {
    String proof = random();
    Instant now = clock.instant();
    jdbc.sql("delete from outreach_proof where until_at <= :now")
        .param("now", Timestamp.from(now))
        .update();
    jdbc.sql("insert into outreach_proof (hash, link, until_at) values (:proof, :hash, :until)")
        .param("proof", DigestUtils.sha256(proof))
        .param("hash", DigestUtils.sha256(token))
        .param("until", Timestamp.from(now.plus(PROOF)))
        .update();
    return proof;
  }

  private static String random() {
    byte[] bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
