package org.carepathway.outreach;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A real mail server, which takes a mail as often as it is sent. */
final class MailServer implements AutoCloseable {

  private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

  MailServer() {
    server.start();
  }

  int port() {
    return server.getSmtp().getPort();
  }

  /** The message behind each mail, also where one came again. */
  List<UUID> mailed() {
    return Stream.of(server.getReceivedMessages()).map(MailServer::message).toList();
  }

  private static UUID message(MimeMessage mail) {
    try {
      String id = mail.getMessageID();
      return UUID.fromString(id.substring(1, id.indexOf('@')));
    } catch (MessagingException fault) {
      throw new IllegalStateException(fault);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
