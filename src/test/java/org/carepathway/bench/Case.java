package org.carepathway.bench;

/** One way to take a patient along the pathway, measured beside the others. */
interface Case {

  String name();

  /** Makes ready, untimed, what the next travels need. */
  default void prepare(int count) throws Exception {}

  /** Ends, untimed, what {@link #prepare} began. */
  default void done() {}

  /** Takes one patient along the whole pathway; called by several threads at once. */
  void travel() throws Exception;
}
