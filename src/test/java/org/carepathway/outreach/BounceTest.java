package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail that comes back, as servers write it (RFC 3464). */
class BounceTest {

  private static final UUID ID = UUID.fromString("11111111-2222-4333-8444-555555555555");

  private static MimeMessage report(String action, String status, String messageId)
      throws Exception {
    String text =
        """
        From: MAILER-DAEMON@example.org
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        I'm sorry.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.example.org

        Final-Recipient: rfc822; patient@example.org
        Action: %s
        Status: %s

        --b
        Content-Type: %s

        From: care@example.org
        Message-ID: %s
        Subject: Hospital

        --b--
        """
            .formatted(action, status, "text/rfc822-headers", messageId);
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void namesTheMessageAndTheStatus() throws Exception {
    assertThat(Bounce.of(report("failed", "5.1.1", "<" + ID + "@care-pathway.invalid>")))
        .contains(new Bounce(ID, "The mail came back: 5.1.1"));
  }

  @Test
  void aDelayIsNoBounce() throws Exception {
    assertThat(Bounce.of(report("delayed", "4.4.1", "<" + ID + "@care-pathway.invalid>")))
        .isEmpty();
  }

  @Test
  void mailOfOthersIsLeft() throws Exception {
    assertThat(Bounce.of(report("failed", "5.1.1", "<" + ID + "@elsewhere.org>"))).isEmpty();
    MimeMessage plain = new MimeMessage(Session.getInstance(new Properties()));
    plain.setText("Action: failed\nMessage-ID: <" + ID + "@care-pathway.invalid>");
    plain.saveChanges();
    assertThat(Bounce.of(plain)).isEmpty();
  }

  private static final String OURS = "<" + ID + "@care-pathway.invalid>";

  private static MimeMessage mail(String text) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(
            text.formatted(OURS).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** As Exim without reports, qmail, and a relay of its own kind write it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exim            | The mail came back: 5.1.1
          exim-no-status  | The mail came back.
          qmail           | The mail came back: 5.1.1
          relay           | The mail came back: 5.7.1
          google          | The mail came back: 5.1.1
          exchange        | The mail came back: 5.1.10
          international   | The mail came back: 5.6.7
          given-up        | The mail came back: 4.4.7
          """)
  void comesBackAsServersWriteIt(String server, String said) throws Exception {
    assertThat(Bounce.of(mail(written(server)))).contains(new Bounce(ID, said));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exim-warning",
        "delayed-text",
        "on-leave",
        "answer",
        "read-receipt",
        "delivered",
        "complaint"
      })
  void isNoBounce(String kind) throws Exception {
    assertThat(Bounce.of(mail(written(kind)))).isEmpty();
  }

  private static String written(String name) throws Exception {
    return Files.readString(Path.of("src/test/resources/bounces", name + ".eml"));
  }
}
