package org.carepathway.outreach;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.UUID;

/** A mail whose Message-ID is ours, so that what comes back undelivered is known. */
final class NumberedMail extends MimeMessage {

  /** The right side of the Message-ID (RFC 5322 section 3.6.4). */
  static final String DOMAIN = "care-pathway.invalid";

  private final UUID id;

  NumberedMail(MimeMessage empty, UUID id) {
    super(empty.getSession());
    this.id = id;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", "<%s@%s>".formatted(id, DOMAIN));
  }
}
