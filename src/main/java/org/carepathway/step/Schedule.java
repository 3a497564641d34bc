package org.carepathway.step;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.calendar.TimeLimit;
import org.carepathway.calendar.WorkingTime;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;
import org.carepathway.engine.StepInput.Kind;
import org.springframework.stereotype.Component;

/**
 * Works out when contacts fall due. Inputs {@code contacts} and {@code after}, comma lists of the
 * same length (names; time limits), and {@code from}, the moment they count from. Sets the date
 * variable {@code <contact>At} for each.
 *
 * <p>A contact keeps its time of day over a change to or from daylight saving: see {@link
 * TimeLimit}.
 */
@Component
class Schedule implements Step {

  private final WorkingTime time;

  Schedule(WorkingTime time) {
    this.time = time;
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
    Instant from = Instant.parse(call.input("from"));
    Map<String, Object> dates = new HashMap<>();
    for (int i = 0; i < contacts.size(); i++) {
      Instant at = time.after(from, TimeLimit.parse(after.get(i)));
      dates.put(contacts.get(i).strip() + "At", Date.from(at));
    }
    return dates;
  }
}
