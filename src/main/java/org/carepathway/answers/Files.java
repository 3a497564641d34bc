package org.carepathway.answers;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.form.FileText;
import org.carepathway.security.CurrentUser;
import org.hl7.fhir.r4.model.Attachment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The table {@code form_file}: files added to forms that are not taken yet. Everybody has their
 * own.
 */
@Repository
public class Files {

  private static final Duration KEPT = Duration.ofDays(30);
  private static final int MOST_NAME = 200;

  private final JdbcClient jdbc;
  private final CurrentUser user;
  private final Clock clock;

  Files(JdbcClient jdbc, CurrentUser user, Clock clock) {
    this.jdbc = jdbc;
    this.user = user;
    this.clock = clock;
  }

  /**
   * Keeps a file until its form is taken. Its type is what its first bytes say, whatever its name.
   *
   * @throws InvalidRequestException (400) when it is no PDF, JPEG or PNG, or not what its name says
   */
  @Transactional
  public Attachment keep(String name, byte[] content) {
    String type =
        FileType.of(content)
            .orElseThrow(() -> new InvalidRequestException("The file is no PDF, JPEG or PNG."));
    if (FileType.isNamedOtherwise(name, type)) {
      throw new InvalidRequestException("The file is not what the end of its name says.");
    }
    UUID id = UUID.randomUUID();
    Instant now = clock.instant();
    jdbc.sql("delete from form_file where received_at < :oldest")
        .param("oldest", Timestamp.from(now.minus(KEPT)))
        .update();
    jdbc.sql(
            """
            insert into form_file (id, owner, name, content_type, content, received_at)
            values (:id, :owner, :name, :type, :content, :now)\
            """)
        .param("id", id)
        .param("owner", user.agent().name())
        .param("name", title(name))
        .param("type", type)
        .param("content", content)
        .param("now", Timestamp.from(now))
        .update();
    return new Attachment()
        .setUrl(FileText.KEPT + id)
        .setContentType(type)
        .setSize(content.length)
        .setTitle(title(name));
  }

  /**
   * The file that a field of a page names, with its content, if it is one of who is signed in.
   *
   * @param text as {@link FileText} writes it
   */
  public Optional<Attachment> find(String text) {
    return Optional.ofNullable(FileText.read(text)).flatMap(this::find);
  }

  /** The file that an attachment names, with its content, if it is one of who is signed in. */
  Optional<Attachment> find(Attachment named) {
    return named.hasUrl() && named.getUrl().startsWith(FileText.KEPT)
        ? jdbc.sql(
                "select name, content_type, content from form_file where id = :id and owner = :me")
            .param("id", id(named))
            .param("me", user.agent().name())
            .query(
                (row, n) ->
                    new Attachment()
                        .setUrl(named.getUrl())
                        .setTitle(row.getString(1))
                        .setContentType(row.getString(2))
                        .setData(row.getBytes(3))
                        .setSize(row.getBytes(3).length))
            .optional()
        : Optional.empty();
  }

  /** Lets go of a file, in the transaction that takes its form. */
  public void forget(Attachment taken) {
    jdbc.sql("delete from form_file where id = :id").param("id", id(taken)).update();
  }

  private static UUID id(Attachment named) {
    return UUID.fromString(named.getUrl().substring(FileText.KEPT.length()));
  }

  private static String title(String name) {
    String plain =
        name == null ? "" : name.replaceAll("^.*[/\\\\]", "").replaceAll("\\p{Cntrl}", "");
    String title = plain.isBlank() ? "file" : plain.strip();
    return title.length() > MOST_NAME ? title.substring(0, MOST_NAME) : title;
  }
}
