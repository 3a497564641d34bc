package org.carepathway.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.carepathway.delivery.Sites.Site;
import org.carepathway.outbox.Entry;
import org.carepathway.outbox.Outbox;
import org.carepathway.outbox.Outcome;
import org.carepathway.outbox.SendFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One attempt after the other for a site, and how long it is left alone. */
@Component
class Deliveries {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  /** How much a pause may be longer by chance, so that many do not come at once. */
  private static final double CHANCE = 0.3;

  private final Outbox outbox;
  private final Sites sites;
  private final Courier courier;
  private final DeliverySettings settings;
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  Deliveries(Outbox outbox, Sites sites, Courier courier, DeliverySettings settings) {
    this.outbox = outbox;
    this.sites = sites;
    this.courier = courier;
    this.settings = settings;
  }

  /**
   * Sends the next entry of a site whose turn it is.
   *
   * @return how long the site is then left alone; empty where nothing waits
   */
  Optional<Duration> next(String name) {
    Site site = sites.site(name);
    Duration lease = lease(site);
    return outbox.take(name, lease).map(entry -> attempt(site, entry, lease));
  }

  /** Longer than one question may take, and what is written may need to be found. */
  private Duration lease(Site site) {
    Duration answer = site.server() == null ? Duration.ZERO : site.server().patience();
    Duration acknowledged = site.port() == null ? Duration.ZERO : site.port().answer();
    return settings.settle().plus(answer.compareTo(acknowledged) > 0 ? answer : acknowledged);
  }

  private Duration attempt(Site site, Entry entry, Duration lease) {
    boolean healthy = failures.getOrDefault(site.name(), 0) == 0;
    Outcome outcome;
    try {
      outcome = courier.bring(site, entry, () -> outbox.renew(entry, lease), healthy);
    } catch (Overtaken other) {
      return Duration.ZERO;
    } catch (RuntimeException fault) {
      LOG.error("Entry {} for {} could not be sent", entry.number(), site.name(), fault);
      outcome = new Outcome.Later(fault.getClass().getSimpleName(), false, true, null);
      return end(entry, outcome, SendFault.SERVICE);
    }
    return end(entry, outcome, SendFault.RETRY);
  }

  private Duration end(Entry entry, Outcome outcome, SendFault kind) {
    String site = entry.written().site();
    if (outcome instanceof Outcome.Later later) {
      boolean isOver = later.counts() && entry.tries() + 1 >= settings.tries();
      Outcome kept = isOver ? new Outcome.Dead(kind, later.said()) : later;
      outbox.end(entry, kept, pause(entry.attempts() + 1, later));
      return later.isOfSite() ? rest(site, later) : Duration.ZERO;
    }
    failures.remove(site);
    outbox.end(entry, outcome, Duration.ZERO);
    if (outcome instanceof Outcome.Dead dead) {
      LOG.warn(
          "Entry {} for {} was not sent and waits for a person ({})",
          entry.number(),
          site,
          dead.fault().code());
    }
    return Duration.ZERO;
  }

  /** One failure may be the entry's; from the second in a row the site is left alone. */
  private Duration rest(String site, Outcome.Later later) {
    int row = failures.merge(site, 1, Integer::sum);
    Duration rest = row == 1 ? Duration.ZERO : grown(row - 2);
    return later.after() != null && later.after().compareTo(rest) > 0 ? later.after() : rest;
  }

  /** What may have been written is looked for when the site has settled. */
  private Duration pause(int attempts, Outcome.Later later) {
    Duration pause = grown(attempts - 1);
    if (later.after() != null && later.after().compareTo(pause) > 0) {
      pause = later.after();
    }
    return pause.compareTo(settings.settle()) < 0 ? settings.settle() : pause;
  }

  private Duration grown(int times) {
    Duration pause = settings.pause().multipliedBy(1L << Math.min(times, 16));
    Duration bounded = pause.compareTo(settings.longest()) > 0 ? settings.longest() : pause;
    double chance = 1 + CHANCE * ThreadLocalRandom.current().nextDouble();
    return Duration.ofMillis((long) (bounded.toMillis() * chance));
  }
}
