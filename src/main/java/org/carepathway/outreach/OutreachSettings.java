package org.carepathway.outreach;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Messages to patients and staff, {@code carepathway.outreach.*}. Nothing leaves until a channel is
 * set up.
 *
 * @param address where patients reach this service, such as {@code https://care.example.org};
 *     without it no patient is written to
 * @param quiet hours in which patients are not written to, such as {@code 20:00-09:00}; local time
 * @param tries after how many attempts a message has failed
 * @param pause before the second attempt; doubled before each further one
 * @param mailFrom sender of mail; the server is {@code spring.mail.*}. Without it no mail leaves
 * @param sms gateway for text messages
 * @param pager gateway for alarms to staff
 * @param letters folder of the print service that letters are put in
 * @param staff who is told of alarms
 * @param bounces mailbox to which undeliverable mail comes back
 * @param shown whether messages are only shown and never leave (demo)
 */
@ConfigurationProperties("carepathway.outreach")
public record OutreachSettings(
    URI address,
    @DefaultValue("20:00-09:00") String quiet,
    @DefaultValue("5") int tries,
    @DefaultValue("1m") Duration pause,
    String mailFrom,
    Gateway sms,
    Gateway pager,
    Path letters,
    @DefaultValue List<Recipient> staff,
    Mailbox bounces,
    boolean shown) {

  /**
   * A gateway that takes messages by HTTP; see docs/outreach.md.
   *
   * @param secret with which each request is signed, at least 16 characters
   */
  public record Gateway(URI url, String secret) {

    public Gateway {
      if (url == null || secret == null || secret.length() < 16) {
        throw new IllegalArgumentException(
            "A gateway of carepathway.outreach needs a url and a secret of at least 16 characters.");
      }
    }
  }

  /**
   * Who is told of alarms of a role.
   *
   * @param site whose patients; null for all
   * @param mail address; null for none
   * @param pager what the pager's gateway takes as an address; null for none
   */
  public record Recipient(String role, String site, String mail, String pager) {}

  /**
   * @param protocol imap, imaps, pop3 or pop3s
   */
  public record Mailbox(
      @DefaultValue("imaps") String protocol,
      String host,
      @DefaultValue("993") int port,
      String user,
      String password) {}

  /** How long to wait after an attempt has failed. */
  Duration pauseAfter(int attempts) {
    return pause.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), 10));
  }
}
