package org.carepathway.answers;

import ca.uhn.fhir.rest.server.exceptions.PayloadTooLargeException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.security.CurrentUser;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The table {@code form_draft}: what a person has entered and not sent, so that a lost connection
 * or an expired session loses nothing. Everybody has their own; nobody sees another's.
 */
@Repository
public class Drafts {

  /** The largest form of the content is far below this. */
  private static final int MOST_CHARACTERS = 500_000;

  private static final Duration KEPT = Duration.ofDays(30);
  private static final TypeReference<Map<String, List<String>>> ENTERED = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final CurrentUser user;
  private final Clock clock;

  Drafts(JdbcClient jdbc, ObjectMapper json, CurrentUser user, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.user = user;
    this.clock = clock;
  }

  /** The draft of who is signed in. */
  public Optional<Draft> find(DraftKey key) {
    return mine("select entered, saved_at from form_draft", key)
        .query((row, n) -> new Draft(read(row.getString(1)), row.getTimestamp(2).toInstant()))
        .optional();
  }

  /**
   * Keeps a draft in place of the one before, and lets go of those that nobody has come back to.
   *
   * @return when it was saved
   * @throws PayloadTooLargeException (413) for what no form can be
   */
  @Transactional
  public Instant save(DraftKey key, Map<String, List<String>> entered) {
    String text = write(entered);
    if (text.length() > MOST_CHARACTERS) {
      throw new PayloadTooLargeException("This is too much for a draft.");
    }
    Instant now = clock.instant();
    jdbc.sql("delete from form_draft where saved_at < :oldest")
        .param("oldest", Timestamp.from(now.minus(KEPT)))
        .update();
    jdbc.sql(
            """
            insert into form_draft (owner, subject, event, entered, saved_at)
            values (:owner, :subject, :event, :entered, :now)
            on conflict (owner, subject, event)
            do update set entered = excluded.entered, saved_at = excluded.saved_at\
            """)
        .param("owner", user.agent().name())
        .param("subject", key.subject())
        .param("event", key.event())
        .param("entered", text)
        .param("now", Timestamp.from(now))
        .update();
    return now;
  }

  /** Lets go of the draft of who is signed in; in the transaction that takes its answers. */
  public void forget(DraftKey key) {
    mine("delete from form_draft", key).update();
  }

  private StatementSpec mine(String what, DraftKey key) {
    return jdbc.sql(what + " where owner = :owner and subject = :subject and event = :event")
        .param("owner", user.agent().name())
        .param("subject", key.subject())
        .param("event", key.event());
  }

  private String write(Map<String, List<String>> entered) {
    try {
      return json.writeValueAsString(entered);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can always be written as JSON", e);
    }
  }

  private Map<String, List<String>> read(String text) {
    try {
      return json.readValue(text, ENTERED);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a draft in the database is not what was saved", e);
    }
  }
}
