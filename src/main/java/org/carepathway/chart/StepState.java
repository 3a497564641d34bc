package org.carepathway.chart;

import java.util.Locale;

/** Where a step of the drawing stands. */
enum StepState {
  DONE,
  /** It was left, or interrupted, without having been done. */
  UNDONE,
  CURRENT,
  NEXT,
  AHEAD,
  SKIPPED;

  /** As in message keys and CSS classes. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
