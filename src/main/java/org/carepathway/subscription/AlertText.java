package org.carepathway.subscription;

import java.util.Locale;
import org.carepathway.document.Wording;
import org.carepathway.outreach.Outgoing;
import org.carepathway.record.StableIds;
import org.carepathway.subscription.AlertRows.Alert;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What is said of a subscription in error: which one, whose, and why; no patient. */
@Component
class AlertText {

  private final SubscriptionConsole console;
  private final Wording wording;
  private final MessageSource messages;

  AlertText(SubscriptionConsole console, Wording wording, MessageSource messages) {
    this.console = console;
    this.wording = wording;
    this.messages = messages;
  }

  Outgoing of(Alert alert) {
    Locale locale = wording.ofSite();
    SubscriptionLine line = console.find(alert.subscription());
    Object[] said = {line.owner(), line.topic(), line.host(), line.said(), line.missed()};
    return new Outgoing(
        StableIds.of(
            "subscription-alert/%s/%d/%s/%s"
                .formatted(
                    alert.subscription(),
                    alert.version(),
                    alert.channel().code(),
                    alert.address())),
        alert.address(),
        locale.getLanguage(),
        messages.getMessage("subscription.alert.subject", said, locale),
        messages.getMessage("subscription.alert.text", said, locale));
  }
}
