package org.carepathway.outreach;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.carepathway.outreach.Handover.Taken;

/** Shows what would be sent, in a demo; nothing leaves. */
public final class ShownCarrier implements Carrier {

  private static final int MOST = 200;

  private final Channel channel;
  private final boolean on;
  private final Deque<Outgoing> shown = new ArrayDeque<>();

  ShownCarrier(Channel channel, boolean on) {
    this.channel = channel;
    this.on = on;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public boolean isSetUp() {
    return on;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public synchronized Handover handOver(Outgoing message) {
    shown.addFirst(message);
    if (shown.size() > MOST) {
      shown.removeLast();
    }
    return new Taken(null);
  }

  /** The newest first. */
  public synchronized List<Outgoing> shown() {
    return List.copyOf(shown);
  }
}
