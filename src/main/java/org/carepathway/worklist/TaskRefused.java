package org.carepathway.worklist;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.Serial;
import java.util.Locale;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/** Why something was not done to a task; nothing was changed. */
public final class TaskRefused extends BaseServerResponseException
    implements MessageSourceResolvable {

  @Serial private static final long serialVersionUID = 1L;

  private final Why why;
  private final transient Object[] details;

  /** What systems are told; people read the page's message of the same name. */
  public enum Why {
    OTHER_ROLE(403, "'%s' is for the role %s, which you do not have.", "role."),
    FINISHED(409, "'%s' is %s already, by %s at %s.", "status."),
    TAKEN(409, "'%s' was taken on by %s at %s; ask them to release it."),
    CHANGED(412, "'%s' is at another version: %s changed it at %s. Read it again."),
    NOT_THEIR_ROLE(422, "'%s' is for the role %s, which %s does not have.", "role."),
    NO_REASON(422, "'%s': say why."),
    NOT_LATER(422, "'%s': name a time that is still to come, at most %s days away.");

    private final int status;
    private final String text;

    /** How the keys begin that name the first detail after the title; null where it is no code. */
    private final String coded;

    Why(int status, String text) {
      this(status, text, null);
    }

    Why(int status, String text, String coded) {
      this.status = status;
      this.text = text;
      this.coded = coded;
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
    this.details = all(item, more);
  }

  public Why why() {
    return why;
  }

  @Override
  public String[] getCodes() {
    return new String[] {"refused." + why.code()};
  }

  /** The task's title, then messages, names and instants as the message has them. */
  @Override
  public Object[] getArguments() {
    Object[] arguments = details.clone();
    if (why.coded != null) {
      arguments[1] = new DefaultMessageSourceResolvable(why.coded + details[1]);
    }
    return arguments;
  }

  private static Object[] all(WorkItem item, Object... more) {
    Object[] all = new Object[more.length + 1];
    all[0] = item.title();
    System.arraycopy(more, 0, all, 1, more.length);
    return all;
  }
}
