package org.carepathway.booking;

import java.util.Optional;
import org.carepathway.content.PathwayContent;

/**
 * How a booking of a pathway is moved: what is reported, and the form that books again.
 *
 * @param event that is reported
 * @param newStart linkId, in the form of the event, of the start that was agreed
 * @param element the task that books again
 * @param form key of its form
 */
public record Moving(String event, String newStart, String element, String form) {

  /** Empty where the pathway books nothing, or does not say how it is moved. */
  public static Optional<Moving> of(PathwayContent content) {
    return content.activities().stream()
        .flatMap(
            action -> {
              String canonical = action.getDefinitionCanonicalType().getValue();
              String form = canonical.substring(canonical.lastIndexOf('/') + 1);
              return BookingRule.of(content.questionnaire(form)).stream()
                  .filter(rule -> rule.movedBy() != null && rule.movedTo() != null)
                  .map(rule -> new Moving(rule.movedBy(), rule.movedTo(), action.getId(), form));
            })
        .findFirst();
  }
}
