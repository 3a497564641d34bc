package org.carepathway.report;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;
import org.carepathway.content.PathwayEvent;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/** An event is for other roles (403): systems are told their codes, people their names. */
final class OtherRoles extends ForbiddenOperationException implements MessageSourceResolvable {

  @Serial private static final long serialVersionUID = 1L;

  private final transient PathwayEvent event;

  OtherRoles(PathwayEvent event) {
    super(
        "'%s' is for the roles %s, which you do not have."
            .formatted(
                event.title(), event.roles().stream().sorted().collect(Collectors.joining(", "))));
    this.event = event;
  }

  @Override
  public String[] getCodes() {
    return new String[] {"refused.other-roles"};
  }

  /** The title of the event, and the messages that name the roles. */
  @Override
  public Object[] getArguments() {
    List<MessageSourceResolvable> roles =
        event.roles().stream()
            .sorted()
            .map(role -> new DefaultMessageSourceResolvable("role." + role))
            .collect(Collectors.toUnmodifiableList());
    return new Object[] {event.title(), roles};
  }
}
