package org.carepathway.inbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Messages of other systems, {@code carepathway.inbox.*}.
 *
 * @param workers how many messages are handled at once by this process; 0 for none
 * @param tries after how many attempts a message goes to the dead letters
 * @param pause before the second attempt; doubled before each further one, up to a minute
 * @param keep how long messages are kept that are done or wait for a patient
 */
@ConfigurationProperties("carepathway.inbox")
record InboxSettings(
    @DefaultValue("3") int workers,
    @DefaultValue("6") int tries,
    @DefaultValue("1s") Duration pause,
    @DefaultValue("90d") Duration keep) {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  /**
   * @param attempts that have failed, at least 1
   */
  Duration pauseAfter(int attempts) {
    Duration pause = this.pause.multipliedBy(1L << Math.min(attempts - 1, 16));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
