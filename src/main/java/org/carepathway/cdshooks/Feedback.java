package org.carepathway.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.carepathway.cdshooks.CdsRefusal.Fault;
import org.springframework.http.HttpStatus;

/**
 * What a clinician did with a card.
 *
 * @param outcome {@code accepted} or {@code overridden}
 * @param at when, by the EHR's clock
 * @param reason code; null where none was chosen
 * @param comment null where none was written
 * @see <a href="https://cds-hooks.hl7.org/2.0/#feedback">CDS Hooks 2.0, Feedback</a>
 */
record Feedback(
    UUID card, String outcome, Instant at, String reasonSystem, String reason, String comment) {

  private static final int LONGEST = 4000;
  private static final int MOST = 1000;

  /**
   * @throws CdsRefusal (400) with all that is wrong; then nothing of it is kept
   */
  static List<Feedback> read(JsonNode body) {
    JsonNode list = body == null ? null : body.path("feedback");
    if (list == null || !list.isArray() || list.isEmpty() || list.size() > MOST) {
      throw new CdsRefusal(
          HttpStatus.BAD_REQUEST,
          "feedback",
          "Must be an array of 1 to %d objects.".formatted(MOST),
          "Send one for each card.");
    }
    List<Fault> faults = new ArrayList<>();
    List<Feedback> all = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      one(list.get(i), "feedback[%d].".formatted(i), all, faults);
    }
    if (!faults.isEmpty()) {
      throw new CdsRefusal(HttpStatus.BAD_REQUEST, faults);
    }
    return all;
  }

  private static void one(JsonNode one, String at, List<Feedback> all, List<Fault> faults) {
    int before = faults.size();
    UUID card = null;
    try {
      card = UUID.fromString(one.path("card").asText());
    } catch (IllegalArgumentException noUuid) {
      faults.add(new Fault(at + "card", "Must be the uuid of a card.", "Send it as it was given."));
    }
    String outcome = one.path("outcome").asText();
    if (!Set.of("accepted", "overridden").contains(outcome)) {
      faults.add(new Fault(at + "outcome", "Is not known.", "Send accepted or overridden."));
    }
    if (outcome.equals("accepted") && one.path("acceptedSuggestions").isEmpty()) {
      faults.add(
          new Fault(
              at + "acceptedSuggestions", "Is needed with accepted.", "Name what was accepted."));
    }
    Instant when = null;
    try {
      when = OffsetDateTime.parse(one.path("outcomeTimestamp").asText()).toInstant();
    } catch (DateTimeParseException unclear) {
      faults.add(
          new Fault(
              at + "outcomeTimestamp", "Must be a date and time in UTC.", "2026-11-30T10:05:31Z"));
    }
    JsonNode reason = one.at("/overrideReason/reason");
    if (!reason.isMissingNode() && !reason.path("code").isTextual()) {
      faults.add(
          new Fault(at + "overrideReason.reason", "Must be a Coding with a code.", "Send both."));
    }
    if (one.at("/overrideReason/userComment").asText("").length() > LONGEST) {
      faults.add(
          new Fault(
              at + "overrideReason.userComment",
              "Has more than %d characters.".formatted(LONGEST),
              "Send a shorter one."));
    }
    if (faults.size() == before) {
      all.add(
          new Feedback(
              card,
              outcome,
              when,
              reason.path("system").asText(null),
              reason.path("code").asText(null),
              one.at("/overrideReason/userComment").asText(null)));
    }
  }
}
