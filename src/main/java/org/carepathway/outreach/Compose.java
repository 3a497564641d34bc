package org.carepathway.outreach;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.carepathway.document.Letterhead;
import org.carepathway.outreach.Message.Purpose;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Writes what a message says when it leaves. It names neither the patient nor a disease, a
 * treatment or an answer; whoever reads a phone learns no more than that a hospital asks.
 */
@Component
class Compose {

  private final Matters matters;
  private final Links links;
  private final OutreachSettings settings;
  private final Letterhead letterhead;
  private final MessageSource messages;
  private final Clock clock;

  Compose(
      Matters matters,
      Links links,
      OutreachSettings settings,
      Letterhead letterhead,
      MessageSource messages,
      Clock clock) {
    this.matters = matters;
    this.links = links;
    this.settings = settings;
    this.letterhead = letterhead;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * The address of the page that a message leads to, to be committed before the message leaves: who
   * gets it may open it at once, and it is good whatever becomes of the attempt. Empty where the
   * message is not needed any more, or nobody has said at which address the service is.
   */
  String link(Message message) {
    if (message.purpose() == Purpose.ALARM) {
      return settings.address() == null ? "" : settings.address() + "/tasks/" + message.about();
    }
    return matters
        .find(message.about())
        .map(matter -> settings.address() + "/link/" + links.issue(message, matter.ends()))
        .orElse("");
  }

  /**
   * @param link of {@link #link}
   */
  Outgoing outgoing(Message message, String link) {
    Locale language = message.language();
    String key = "outreach." + message.purpose().code();
    if (message.purpose() == Purpose.ALARM) {
      return of(message, word(key + ".subject", language), word(key, language, link));
    }
    Matter matter = matters.find(message.about()).orElseThrow();
    String again = message.rung() > 1 ? ".again" : "";
    String until =
        DateTimeFormatter.ofPattern(word("document.day", language), language)
            .format(matter.ends().atZone(clock.getZone()));
    return of(
        message,
        word(key + ".subject", language, letterhead.hospital()),
        word(key + again, language, letterhead.hospital(), link, until));
  }

  private static Outgoing of(Message message, String subject, String text) {
    return new Outgoing(
        message.id(), message.address(), message.language().getLanguage(), subject, text);
  }

  private String word(String key, Locale language, Object... values) {
    return messages.getMessage(key, values, language);
  }
}
