package org.carepathway.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A system that receives, and how it goes.
 *
 * @param pausedBy sign-in name of who paused it; null where it runs
 * @param last when something was sent last; null where nothing was
 * @param waits how long the oldest waits that is to be sent; null where none does
 * @param said why what is next was not sent when it was tried; null where it was not tried
 * @param counts entries by standing, counted up to {@link #MOST}
 */
public record OutboxSite(
    String site,
    String pausedBy,
    Instant pausedAt,
    Instant last,
    Duration waits,
    String said,
    Map<Standing, Integer> counts) {

  public static final int MOST = 1_000;

  public boolean isPaused() {
    return pausedBy != null;
  }

  public int count(Standing standing) {
    return counts.getOrDefault(standing, 0);
  }
}
