package org.carepathway.subscription;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carepathway.clock.OneByOne;
import org.carepathway.clock.Watch;
import org.carepathway.outreach.Carrier;
import org.carepathway.outreach.Carriers;
import org.carepathway.outreach.Channel;
import org.carepathway.outreach.Handover;
import org.carepathway.outreach.OutreachSettings;
import org.carepathway.subscription.AlertRows.Alert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells who connects systems, by mail and pager, of each subscription that has come to be in error:
 * those of {@code carepathway.outreach.staff} with the role integration. Only a crash between
 * handing over and noting can tell the same twice.
 */
@Component
class Alerts implements Watch {

  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
  private static final String ROLE = "integration";
  private static final int TRIES = 10;
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final AlertRows rows;
  private final AlertText text;
  private final OutreachSettings settings;
  private final Carriers carriers;
  private final OneByOne oneByOne;
  private final Clock clock;

  Alerts(
      AlertRows rows,
      AlertText text,
      OutreachSettings settings,
      Carriers carriers,
      OneByOne oneByOne,
      Clock clock) {
    this.rows = rows;
    this.text = text;
    this.settings = settings;
    this.carriers = carriers;
    this.oneByOne = oneByOne;
    this.clock = clock;
  }

  @Override
  public void look() {
    settings.staff().stream()
        .filter(recipient -> recipient.role().equals(ROLE))
        .forEach(
            recipient -> {
              add(Channel.MAIL, recipient.mail());
              add(Channel.PAGER, recipient.pager());
            });
    // Other watches wait for this one: a server that is away is asked once in each look.
    AtomicBoolean away = new AtomicBoolean();
    oneByOne.run(
        "tell of a subscription in error,",
        rows.due(clock.instant()),
        alert -> !away.get() && tell(alert, away));
  }

  private void add(Channel channel, String address) {
    if (address != null && carriers.of(channel).isPresent()) {
      rows.add(channel, address, clock.instant());
    }
  }

  private boolean tell(Alert due, AtomicBoolean away) {
    Optional<Alert> alert = rows.lock(due);
    Optional<Carrier> carrier = carriers.of(due.channel());
    if (alert.isEmpty() || carrier.isEmpty()) {
      return false;
    }
    Handover handover = carrier.get().handOver(text.of(alert.get()));
    Instant now = clock.instant();
    boolean isAgain = handover instanceof Handover.Later || handover instanceof Handover.Unsure;
    away.set(isAgain);
    if (isAgain && alert.get().tries() + 1 < TRIES) {
      rows.later(alert.get(), now.plus(PAUSE));
      return true;
    }
    rows.ended(alert.get(), now);
    if (!(handover instanceof Handover.Taken)) {
      LOG.warn(
          "That subscription {} is in error was told to nobody by {}: {}",
          due.subscription(),
          due.channel().code(),
          handover.said());
    }
    return true;
  }
}
