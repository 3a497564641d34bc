package org.carepathway.hl7;

import java.time.Clock;
import java.time.ZonedDateTime;
import org.apache.commons.codec.digest.DigestUtils;
import org.carepathway.inbox.Inbox;
import org.carepathway.inbox.Receipt;
import org.carepathway.inbox.Received;
import org.carepathway.mllp.Answering;
import org.hl7.fhir.r4.model.Identifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the messages of a feed: AA once the message is kept, for good. What is refused is kept
 * too, to be looked at; only what cannot be kept is not, and gets AE, so that it is sent again.
 */
final class Hl7Door implements Answering {

  private static final Logger LOG = LoggerFactory.getLogger(Hl7Door.class);

  private final String feed;
  private final Interpreter interpreter;
  private final Inbox inbox;
  private final Clock clock;

  Hl7Door(String feed, Interpreter interpreter, Inbox inbox, Clock clock) {
    this.feed = feed;
    this.interpreter = interpreter;
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public byte[] answer(byte[] content, boolean isWhole) {
    try {
      return keep(content, isWhole);
    } catch (RuntimeException fault) {
      LOG.warn("{}: a message could not be kept: {}", feed, fault.getClass().getSimpleName());
      return refused(
          content,
          Hl7Refusal.at(
              Place.HEADER,
              Hl7Refusal.Fault.INTERNAL,
              "The message could not be kept; send it again"));
    }
  }

  private byte[] keep(byte[] content, boolean isWhole) {
    Hl7Message message = null;
    try {
      if (!isWhole) {
        throw Hl7Refusal.at(
            Place.HEADER,
            Hl7Refusal.Fault.INTERNAL,
            "The message is longer than this feed may send; only its beginning was kept");
      }
      message = interpreter.read(content);
      Said said = interpreter.interpret(message);
      Receipt receipt = inbox.keep(received(message, said, content));
      return receipt.kind() == Receipt.Kind.OTHER_CONTENT
          ? refused(
              content,
              Hl7Refusal.at(
                  Place.header(10),
                  Hl7Refusal.Fault.DUPLICATE,
                  "Another message of this control id was taken before"))
          : Acknowledgement.accepted(content, now());
    } catch (Hl7Refusal refusal) {
      inbox.keepRefused(unread(message, content), refusal.place() + ": " + refusal.getMessage());
      return refused(content, refusal);
    }
  }

  private Received received(Hl7Message message, Said said, byte[] content) {
    return new Received(
        feed,
        message.controlId(),
        Hl7Handler.FORMAT,
        said.kind(),
        lane(said.number()),
        said.former() == null ? null : lane(said.former()),
        said.at(),
        content);
  }

  private static String lane(Identifier number) {
    return number.getSystem() + '|' + number.getValue();
  }

  /** What cannot be read has no number and no patient: each such content is one message. */
  private Received unread(Hl7Message message, byte[] content) {
    String digest = DigestUtils.sha256Hex(content);
    return new Received(
        feed,
        message == null ? "unreadable " + digest : message.controlId(),
        Hl7Handler.FORMAT,
        message == null ? "unreadable" : message.kind(),
        feed + " refused " + digest,
        null,
        null,
        content);
  }

  private byte[] refused(byte[] content, Hl7Refusal refusal) {
    return Acknowledgement.refused(content, refusal, now());
  }

  private ZonedDateTime now() {
    return ZonedDateTime.now(clock);
  }
}
