package org.carepathway.outreach;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail that came back: a delivery status notification (RFC 3464) about a message of ours.
 *
 * @param message which
 * @param said the status that the mail server gave, such as {@code 5.1.1}
 */
record Bounce(UUID message, String said) {

  private static final int LARGEST = 200_000;

  private static final Pattern OURS =
      Pattern.compile(
          "(?im)^Message-ID:\\s*<([0-9a-f-]{36})@" + Pattern.quote(NumberedMail.DOMAIN) + ">");
  private static final Pattern FAILED = Pattern.compile("(?im)^Action:\\s*failed\\b");
  private static final Pattern STATUS = Pattern.compile("(?im)^Status:\\s*([245]\\.\\d+\\.\\d+)");

  /** Empty for another mail, and where the message is only delayed. */
  static Optional<Bounce> of(MimeMessage mail) throws MessagingException, IOException {
    if (!mail.isMimeType("multipart/report")) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    collect(mail, text);
    Matcher ours = OURS.matcher(text);
    if (!FAILED.matcher(text).find() || !ours.find()) {
      return Optional.empty();
    }
    Matcher status = STATUS.matcher(text);
    String said = status.find() ? "The mail came back: " + status.group(1) : "The mail came back.";
    return Optional.of(new Bounce(UUID.fromString(ours.group(1)), said));
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
