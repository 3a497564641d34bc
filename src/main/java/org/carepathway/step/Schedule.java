package org.carepathway.step;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAmount;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;
import org.carepathway.engine.StepInput.Kind;
import org.springframework.stereotype.Component;

/**
 * Works out when contacts fall due. Inputs {@code contacts} and {@code after}, comma lists of the
 * same length (names; ISO 8601 durations), and {@code from}, the moment they count from. Sets the
 * date variable {@code <contact>At} for each.
 *
 * <p>Days and months are counted on the site's calendar, so that a contact keeps its time of day
 * over a change to or from daylight saving; hours are counted as such.
 */
@Component
class Schedule implements Step {

  private final Clock clock;

  Schedule(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "schedule";
  }

  @Override
  public List<StepInput> inputs() {
    return List.of(
        StepInput.needed("contacts", Kind.DATE_NAMES),
        StepInput.needed("after", Kind.VALUE),
        StepInput.needed("from", Kind.VALUE));
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    List<String> contacts = List.of(call.input("contacts").split(","));
    List<String> after = List.of(call.input("after").split(","));
    if (contacts.size() != after.size()) {
      throw new IllegalArgumentException(
          "%s: %d contacts but %d durations"
              .formatted(call.element(), contacts.size(), after.size()));
    }
    ZonedDateTime from = Instant.parse(call.input("from")).atZone(clock.getZone());
    Map<String, Object> dates = new HashMap<>();
    for (int i = 0; i < contacts.size(); i++) {
      ZonedDateTime at = from.plus(amount(after.get(i).strip()));
      dates.put(contacts.get(i).strip() + "At", Date.from(at.toInstant()));
    }
    return dates;
  }

  static TemporalAmount amount(String iso) {
    return iso.contains("T") ? Duration.parse(iso) : Period.parse(iso);
  }
}
