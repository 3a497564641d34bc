package org.carepathway.outreach;

import jakarta.activation.DataHandler;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.outreach.Handover.Later;
import org.carepathway.outreach.Handover.Refused;
import org.carepathway.outreach.Handover.Taken;
import org.carepathway.outreach.Handover.Unsure;
import org.carepathway.outreach.Outgoing.CalendarPart;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailPreparationException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/**
 * Hands mail to the site's mail server (SMTP). What was interrupted may have left: SMTP has no way
 * to ask, so it is not sent twice.
 */
@Component
class SmtpCarrier implements Carrier {

  /** The reply codes of RFC 5321 from here on are permanent. */
  private static final int PERMANENT = 500;

  private final ObjectProvider<JavaMailSender> server;
  private final OutreachSettings settings;

  SmtpCarrier(ObjectProvider<JavaMailSender> server, OutreachSettings settings) {
    this.server = server;
    this.settings = settings;
  }

  @Override
  public Channel channel() {
    return Channel.MAIL;
  }

  @Override
  public boolean isSetUp() {
    return settings.mailFrom() != null && server.getIfAvailable() != null;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public Handover handOver(Outgoing message) {
    try {
      JavaMailSender sender = server.getObject();
      sender.send(mail(sender, message));
      return new Taken(null);
    } catch (MailAuthenticationException | MailPreparationException before) {
      return new Later("The mail server was not reached: " + kind(before));
    } catch (MailSendException failed) {
      if (isBeforeAnyMail(failed)) {
        return new Later("The mail server was not reached: " + kind(failed.getCause()));
      }
      return Stream.concat(
              Stream.<Throwable>of(failed.getMessageExceptions()),
              Stream.ofNullable(failed.getCause()))
          .findFirst()
          .map(SmtpCarrier::outcome)
          .orElse(new Unsure(kind(failed)));
    } catch (MailException | MessagingException fault) {
      return new Unsure(kind(fault));
    }
  }

  /**
   * The server was not there, or greeted by a refusal: then the mail has the fault of the
   * connection.
   */
  private static boolean isBeforeAnyMail(MailSendException failed) {
    return failed.getCause() != null
        && Stream.of(failed.getMessageExceptions()).allMatch(each -> each == failed.getCause());
  }

  private MimeMessage mail(JavaMailSender sender, Outgoing message) throws MessagingException {
    MimeMessage mail = new NumberedMail(sender.createMimeMessage(), message.id());
    MimeMessageHelper parts = new MimeMessageHelper(mail, "UTF-8");
    CalendarPart calendar = message.calendar();
    parts.setFrom(settings.mailFrom());
    parts.setTo(message.address());
    parts.setSubject(message.subject());
    if (calendar == null) {
      parts.setText(message.text());
    } else {
      mail.setContent(bothWays(message.text(), calendar));
    }
    // Automatic answers, such as of somebody on leave, are not wanted (RFC 3834).
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setHeader("Content-Language", message.language());
    return mail;
  }

  /** Who has no calendar reads the text. */
  private static MimeMultipart bothWays(String words, CalendarPart calendar)
      throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(words, "UTF-8");
    MimeBodyPart event = new MimeBodyPart();
    event.setDataHandler(
        new DataHandler(
            new ByteArrayDataSource(
                calendar.text().getBytes(StandardCharsets.UTF_8),
                "text/calendar; charset=UTF-8; method=" + calendar.method())));
    return new MimeMultipart("alternative", text, event);
  }

  private static Handover outcome(Throwable fault) {
    Optional<Integer> reply = reply(fault);
    if (reply.isPresent()) {
      String said = "The mail server answered %d.".formatted(reply.get());
      return reply.get() >= PERMANENT ? new Refused(said) : new Later(said);
    }
    boolean before =
        fault instanceof MailConnectException
            || fault instanceof AuthenticationFailedException
            || fault.getCause() instanceof ConnectException;
    return before
        ? new Later("The mail server was not reached: " + kind(fault))
        : new Unsure("The connection to the mail server broke: " + kind(fault));
  }

  /** The reply code of the server, if it gave one that refuses. */
  private static Optional<Integer> reply(Throwable fault) {
    for (Throwable each = fault; each != null; each = next(each)) {
      if (each instanceof SMTPAddressFailedException address) {
        return Optional.of(address.getReturnCode()).filter(code -> code > 0);
      }
      if (each instanceof SMTPSendFailedException send) {
        // Not positive where the connection broke and no answer came.
        return Optional.of(send.getReturnCode()).filter(code -> code > 0);
      }
    }
    return Optional.empty();
  }

  private static Throwable next(Throwable fault) {
    return fault instanceof SendFailedException failed && failed.getNextException() != null
        ? failed.getNextException()
        : fault.getCause();
  }

  private static String kind(Throwable fault) {
    return fault.getClass().getSimpleName();
  }
}
