package org.carepathway.answers;

import java.util.UUID;

/**
 * What a draft is about.
 *
 * @param subject the task; for a report the pathway
 * @param event name of the message that is reported; empty for a task
 */
public record DraftKey(UUID subject, String event) {

  public static DraftKey ofTask(UUID task) {
    return new DraftKey(task, "");
  }

  public static DraftKey ofReport(UUID pathway, String event) {
    return new DraftKey(pathway, event);
  }
}
