package org.carepathway.outreach;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Takes text messages, mail and pages to staff, for each thread on its own; some of what goes to
 * patients is refused.
 */
public final class PretendedNetwork implements Carrier {

  private static final int ONE_IN = 12;

  private final Channel channel;
  private final Clock clock;
  private final ThreadLocal<List<Sent>> sent = ThreadLocal.withInitial(ArrayList::new);
  private final ThreadLocal<Random> random = new ThreadLocal<>();

  PretendedNetwork(Channel channel, Clock clock) {
    this.channel = channel;
    this.clock = clock;
  }

  /** A message that was taken. */
  public record Sent(UUID id, Instant at) {}

  /** A new patient: nothing was sent yet. */
  public void begin(long seed) {
    sent.remove();
    random.set(new Random(seed * 31 + channel.ordinal()));
  }

  public List<Sent> sent() {
    return List.copyOf(sent.get());
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public boolean isSetUp() {
    return true;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public Handover handOver(Outgoing message) {
    if (!channel.isForStaffOnly() && random.get().nextInt(ONE_IN) == 0) {
      return new Handover.Refused("The number is not in use.");
    }
    sent.get().add(new Sent(message.id(), clock.instant()));
    return new Handover.Taken(null);
  }
}
