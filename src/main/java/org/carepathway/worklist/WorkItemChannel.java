package org.carepathway.worklist;

/** Where the database tells, after a commit, the id of each item that it changed. */
public final class WorkItemChannel {

  /** For {@code LISTEN}. */
  public static final String NAME = "work_item";

  private WorkItemChannel() {}
}
