package org.carepathway.worklist;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.Serial;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Why something was not done to a task; nothing was changed. */
public final class TaskRefused extends BaseServerResponseException {

  @Serial private static final long serialVersionUID = 1L;

  private final Why why;
  private final transient List<Object> details;

  /** What systems are told; people read the page's message of the same name. */
  public enum Why {
    OTHER_ROLE(403, "'%s' is for the role %s, which you do not have."),
    FINISHED(409, "'%s' is %s already, by %s at %s."),
    TAKEN(409, "'%s' was taken on by %s at %s; ask them to release it."),
    CHANGED(412, "'%s' is at another version: %s changed it at %s. Read it again."),
    NOT_THEIR_ROLE(422, "'%s' is for the role %s, which %s does not have."),
    NO_REASON(422, "'%s': say why."),
    NOT_LATER(422, "'%s': name a time that is still to come, at most %s days away.");

    private final int status;
    private final String text;

    Why(int status, String text) {
      this.status = status;
      this.text = text;
    }

    /** As in HTTP. */
    public int status() {
      return status;
    }

    /** The end of the message's key. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  TaskRefused(Why why, WorkItem item, Object... more) {
    super(why.status, why.text.formatted(all(item, more)));
    this.why = why;
    this.details = Collections.unmodifiableList(Arrays.asList(all(item, more)));
  }

  public Why why() {
    return why;
  }

  /** The task's title, then codes, names and instants as the message has them. */
  public List<Object> details() {
    return details;
  }

  private static Object[] all(WorkItem item, Object... more) {
    Object[] all = new Object[more.length + 1];
    all[0] = item.title();
    System.arraycopy(more, 0, all, 1, more.length);
    return all;
  }
}
