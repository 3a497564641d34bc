package org.carepathway.bench;

/** One way to take a patient along the pathway, measured beside the others. */
interface Case {

  String name();

  /**
   * Patients set out and wait at their first task while others are measured: the engine's tables
   * are never as empty in a hospital as in a benchmark that starts, and PostgreSQL plans for it.
   */
  default void stand(int count) throws Exception {}

  /** Makes ready, untimed, what the next travels need. */
  default void prepare(int count) throws Exception {}

  /** Does what the travels have left for later; counted. */
  default void settle() throws Exception {}

  /** Ends, untimed, what {@link #prepare} began. */
  default void done() {}

  /** Takes one patient along the whole pathway; called by several threads at once. */
  void travel() throws Exception;
}
