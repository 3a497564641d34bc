package org.carepathway.worker;

/** What a thread of a {@link Worker} does again and again. */
@FunctionalInterface
public interface Turn {

  /**
   * Does one piece of work, or finds that there is none. What it throws is told once while it
   * lasts, and it is called again a second later.
   *
   * @return how long this thread rests before the next turn
   */
  Rest take();

  /** After the last turn of a thread. */
  default void end() {}
}
