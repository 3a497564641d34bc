package org.carepathway.outreach;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.carepathway.outreach.Message.Purpose;
import org.carepathway.pathway.OpenPathway;
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
  private final MessageSource messages;
  private final QuietHours quiet;
  private final Clock clock;

  Compose(
      Matters matters,
      Links links,
      OutreachSettings settings,
      MessageSource messages,
      Clock clock) {
    this.matters = matters;
    this.links = links;
    this.settings = settings;
    this.messages = messages;
    this.quiet = QuietHours.parse(settings.quiet());
    this.clock = clock;
  }

  Instant afterQuiet(Instant time) {
    return quiet.after(time, clock.getZone());
  }

  /** In the transaction that hands it over: its link is kept there. */
  Outgoing outgoing(Message message, OpenPathway open) {
    Locale language = message.language();
    String key = "outreach." + message.purpose().code();
    if (message.purpose() == Purpose.ALARM) {
      String link =
          settings.address() == null ? "" : settings.address() + "/tasks/" + message.about();
      return of(message, word(key + ".subject", language), word(key, language, link));
    }
    Matter matter = matters.find(message.about()).orElseThrow();
    String link = settings.address() + "/link/" + links.issue(message, matter.ends());
    String again = message.rung() > 1 ? ".again" : "";
    String until =
        DateTimeFormatter.ofPattern(word("document.day", language), language)
            .format(matter.ends().atZone(clock.getZone()));
    return of(
        message,
        word(key + ".subject", language, settings.name()),
        word(key + again, language, settings.name(), link, until));
  }

  private static Outgoing of(Message message, String subject, String text) {
    return new Outgoing(
        message.id(), message.address(), message.language().getLanguage(), subject, text);
  }

  private String word(String key, Locale language, Object... values) {
    return messages.getMessage(key, values, language);
  }
}
