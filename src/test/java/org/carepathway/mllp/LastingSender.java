package org.carepathway.mllp;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sends numbered messages of its patients and repeats each until it is acknowledged. */
public final class LastingSender implements Runnable {

  private static final int RETRY_MILLIS = 50;

  private final int port;
  private final List<String> lanes;
  private final int pauseMillis;
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
  private MllpClient client;
  private volatile boolean ended;
  private volatile int repeats;

  public LastingSender(int port, List<String> lanes, int pauseMillis) {
    this.port = port;
    this.lanes = lanes;
    this.pauseMillis = pauseMillis;
  }

  @Override
  public void run() {
    for (int n = 1; !ended; n++) {
      for (String lane : lanes) {
        deliver(lane, n);
        acknowledged.put(lane, n);
        pause(pauseMillis);
      }
    }
  }

  /** It is acknowledged when this returns. */
  private void deliver(String lane, int number) {
    String id = lane + '-' + number;
    String message = id + '|' + lane + '|' + number;
    while (true) {
      try {
        if (client == null) {
          client = new MllpClient(port);
        }
        String answer = client.send(message);
        if (("AA|" + id).equals(answer)) {
          return;
        }
        if (answer == null) {
          client = null;
        }
      } catch (IOException gone) {
        client = null;
      }
      repeats++;
      pause(RETRY_MILLIS);
    }
  }

  /** After the round that has begun. */
  public void end() {
    ended = true;
  }

  /** The last number that was acknowledged, for each patient. */
  public Map<String, Integer> last() {
    return acknowledged;
  }

  public int repeats() {
    return repeats;
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
