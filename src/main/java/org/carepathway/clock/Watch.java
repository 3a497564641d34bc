package org.carepathway.clock;

/** Something that has to be seen to when its time has come, such as the end of a hold. */
public interface Watch {

  /**
   * Sees to what is due by now. It is called every half minute on every replica and after the clock
   * was moved, one call after the other; a fault is logged and holds up no other watch.
   */
  void look();
}
