package org.carepathway.outreach;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail that came back: a delivery status notification (RFC 3464) about a message of ours, or the
 * plain text of a server that sends none.
 *
 * @param message which
 * @param said the status that the mail server gave, such as {@code 5.1.1}
 */
record Bounce(UUID message, String said) {

  private static final int LARGEST = 200_000;

  private static final String ID =
      "<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@" + Pattern.quote(NumberedMail.DOMAIN) + ">";

  /** Some servers send no headers back, and name the message among what they say. */
  private static final Pattern OURS =
      Pattern.compile("(?im)^[\\s>]*(?:X-Original-)?Message-ID:\\s*" + ID);

  private static final Pattern REFERRED = Pattern.compile("(?i)" + ID);
  private static final Pattern FAILED = Pattern.compile("(?im)^Action:\\s*failed\\b");
  private static final Pattern STATUS =
      Pattern.compile("(?im)^Status:\\s*([245]\\.\\d{1,3}\\.\\d{1,3})");

  /** In text: a permanent status, and no number of a version or address. */
  private static final Pattern PERMANENT =
      Pattern.compile("(?<![\\d.])5\\.\\d{1,3}\\.\\d{1,3}(?![\\d.]*\\d)");

  private static final Pattern SERVER =
      Pattern.compile("(?i)\\b(mailer-daemon|postmaster)@|^mailer-daemon\\b");

  /**
   * qmail writes no headers for programs; its text begins always in this way, and is no warning.
   */
  private static final Pattern QMAIL =
      Pattern.compile("(?s)^\\s*Hi\\. This is the .*permanent error.*");

  /** Empty for another mail, such as an automatic answer, and where the message is only delayed. */
  static Optional<Bounce> of(MimeMessage mail) throws MessagingException, IOException {
    return mail.isMimeType("multipart/report") ? report(mail) : words(mail);
  }

  private static Optional<Bounce> report(MimeMessage mail) throws MessagingException, IOException {
    StringBuilder text = new StringBuilder();
    collect(mail, text);
    if (!FAILED.matcher(text).find()) {
      return Optional.empty();
    }
    Matcher ours = OURS.matcher(text);
    Optional<String> named = ours.find() ? Optional.of(ours.group(1)) : referred(mail);
    Matcher status = STATUS.matcher(text);
    return bounce(named, status.find() ? status.group(1) : null);
  }

  /** As servers wrote it before there was a format for it, and some still do. */
  private static Optional<Bounce> words(MimeMessage mail) throws MessagingException, IOException {
    if (!mail.isMimeType("text/plain")) {
      return Optional.empty();
    }
    String text;
    try (InputStream raw = mail.getInputStream()) {
      text = new String(raw.readNBytes(LARGEST), StandardCharsets.ISO_8859_1);
    }
    Matcher status = PERMANENT.matcher(text);
    boolean told = status.find();
    boolean failed =
        mail.getHeader("X-Failed-Recipients") != null
            || SERVER.matcher(Objects.toString(mail.getHeader("From", ","), "")).find()
                && (told || QMAIL.matcher(text).matches());
    Matcher ours = OURS.matcher(text);
    return failed && ours.find()
        ? bounce(Optional.of(ours.group(1)), told ? status.group() : null)
        : Optional.empty();
  }

  private static Optional<String> referred(MimeMessage mail) throws MessagingException {
    String headers = mail.getHeader("In-Reply-To", " ") + ' ' + mail.getHeader("References", " ");
    Matcher ours = REFERRED.matcher(headers);
    return ours.find() ? Optional.of(ours.group(1)) : Optional.empty();
  }

  private static Optional<Bounce> bounce(Optional<String> message, String status) {
    String said = status == null ? "The mail came back." : "The mail came back: " + status;
    return message.map(id -> new Bounce(UUID.fromString(id), said));
  }

  /** What is said of the delivery, and the headers of the mail that came back. */
  private static void collect(Part part, StringBuilder text)
      throws MessagingException, IOException {
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inside = parts.getBodyPart(i);
        collect(inside, text);
      }
    } else if (part.isMimeType("message/*") || part.isMimeType("text/rfc822-headers")) {
      try (InputStream raw = part.getInputStream()) {
        text.append(new String(raw.readNBytes(LARGEST), StandardCharsets.ISO_8859_1)).append('\n');
      }
    }
  }
}
