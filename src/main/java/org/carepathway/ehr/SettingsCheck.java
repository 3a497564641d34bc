package org.carepathway.ehr;

import java.net.URI;
import java.util.Set;
import org.carepathway.startup.StartUpException;

/** Refuses settings of a feed at the start, with the setting's name and what to do. */
final class SettingsCheck {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final int SECRET = 16;

  private SettingsCheck() {}

  static void check(String name, EhrSettings.Feed feed, SmartKeys keys) {
    String setting = "carepathway.fhir.feeds." + name + '.';
    require(
        isSafe(feed.base()) && feed.base().getQuery() == null,
        setting + "base is no address with TLS: " + feed.base(),
        "Name the FHIR API as https://host/path; http is for this machine only.");
    require(
        feed.token() == null || isSafe(feed.token()),
        setting + "token is no address with TLS: " + feed.token(),
        "Name the token endpoint as https://host/path, or leave it out: the EHR says it.");
    require(
        feed.client() == null || !keys.isEmpty(),
        setting + "client is set and there is no key to sign in with.",
        "Set carepathway.fhir.keys; a key is made with: java -jar care-pathway.jar make-key RS384 > key.json.");
    require(
        feed.token() == null || feed.client() != null,
        setting + "token is set without " + setting + "client.",
        "Set the id that the EHR has registered us under.");
    require(
        feed.interval().toMillis() >= 1000 && !feed.overlap().isNegative(),
        setting + "interval is shorter than a second, or overlap is negative.",
        "Write for example interval: 60s and overlap: 5m.");
    require(
        feed.budget() >= 1 && feed.page() >= 1,
        setting + "budget or page is less than 1.",
        "Say how many questions the EHR is asked in a minute, and how many resources an answer has.");
    EhrSettings.Notifications told = feed.notifications();
    require(
        told == null || told.secret() != null && told.secret().length() >= SECRET,
        setting + "notifications.secret has less than %d characters.".formatted(SECRET),
        "Set a random one, and have the EHR send it as the header Authorization: Bearer SECRET.");
    require(
        told == null
            || told.subscriptions() != null
                && !told.subscriptions().isEmpty()
                && told.subscriptions().stream()
                    .allMatch(one -> one.matches("Subscription/[A-Za-z0-9.-]{1,64}")),
        setting + "notifications.subscriptions names no Subscription.",
        "Name those that the EHR has for us, such as Subscription/12.");
  }

  /** With TLS, or on this machine. */
  static boolean isSafe(URI address) {
    return address.getHost() != null
        && ("https".equals(address.getScheme())
            || "http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost()));
  }

  private static void require(boolean holds, String problem, String remedy) {
    if (!holds) {
      throw new StartUpException(problem, remedy, null);
    }
  }
}
