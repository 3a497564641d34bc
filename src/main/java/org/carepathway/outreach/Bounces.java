package org.carepathway.outreach;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import org.carepathway.clock.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads the mailbox to which undeliverable mail comes back, where the site has set one up. What was
 * read is deleted there, once it is kept.
 */
@Component
class Bounces implements Watch {

  private static final Logger LOG = LoggerFactory.getLogger(Bounces.class);
  private static final int MOST = 200;
  private static final String MILLIS = "10000";

  private final OutreachSettings settings;
  private final Outcomes outcomes;

  Bounces(OutreachSettings settings, Outcomes outcomes) {
    this.settings = settings;
    this.outcomes = outcomes;
  }

  @Override
  public void look() {
    OutreachSettings.Mailbox mailbox = settings.bounces();
    if (mailbox == null || mailbox.host() == null) {
      return;
    }
    try (Store store = session(mailbox.protocol()).getStore(mailbox.protocol())) {
      store.connect(mailbox.host(), mailbox.port(), mailbox.user(), mailbox.password());
      try (Folder inbox = store.getFolder("INBOX")) {
        inbox.open(Folder.READ_WRITE);
        int last = Math.min(MOST, inbox.getMessageCount());
        for (Message mail : last == 0 ? new Message[0] : inbox.getMessages(1, last)) {
          read((MimeMessage) mail);
        }
      }
    } catch (MessagingException fault) {
      LOG.warn("The mailbox of bounces was not read: {}", fault.getClass().getSimpleName());
    }
  }

  private void read(MimeMessage mail) throws MessagingException {
    bounce(mail).ifPresent(each -> outcomes.told(each.message(), false, each.said()));
    mail.setFlag(Flags.Flag.DELETED, true);
  }

  /** What no program can read is no bounce, and stands in the way of none that follows. */
  private static Optional<Bounce> bounce(MimeMessage mail) {
    try {
      return Bounce.of(mail);
    } catch (MessagingException | IOException | RuntimeException unreadable) {
      LOG.warn(
          "A mail in the mailbox of bounces cannot be read: {}",
          unreadable.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private static Session session(String protocol) {
    Properties properties = new Properties();
    properties.setProperty("mail.%s.connectiontimeout".formatted(protocol), MILLIS);
    properties.setProperty("mail.%s.timeout".formatted(protocol), MILLIS);
    return Session.getInstance(properties);
  }
}
