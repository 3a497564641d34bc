package org.carepathway.load;

import java.io.PrintStream;
import java.time.Duration;

/** Tells now and then how far a load is. */
final class Progress {

  private static final long EVERY = Duration.ofSeconds(5).toNanos();

  private final PrintStream out;
  private final int all;
  private final Refused refused;
  private final long began = System.nanoTime();
  private long told = began;
  private int stored;
  private int before;

  Progress(PrintStream out, int all, Refused refused) {
    this.out = out;
    this.all = all;
    this.refused = refused;
  }

  /** So many are stored already. */
  synchronized void begin(int already) {
    before = already;
    out.printf("%,d entries to store, %,d of them are stored already.%n", all, already);
  }

  synchronized void stored(int more) {
    stored += more;
    if (System.nanoTime() - told > EVERY) {
      tell();
    }
  }

  synchronized void end() {
    tell();
  }

  private void tell() {
    told = System.nanoTime();
    double seconds = (told - began) / 1e9;
    out.printf(
        "%,d of %,d stored, %,d refused, %.0f s, %.0f entries a second%n",
        before + stored, all, refused.size(), seconds, stored / Math.max(seconds, 0.001));
  }
}
