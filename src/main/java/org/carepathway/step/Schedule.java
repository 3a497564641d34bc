package org.carepathway.step;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.carepathway.calendar.TimeLimit;
import org.carepathway.calendar.WorkingTime;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;
import org.carepathway.engine.StepInput.Kind;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.PlannedActivities;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Period;
import org.springframework.stereotype.Component;

/**
 * Works out when contacts fall due. Inputs {@code contacts} and {@code after}, comma lists of the
 * same length (names; time limits), and {@code from}, the moment they count from. Sets the date
 * variable {@code <contact>At} for each. Inputs {@code begins} and {@code ends}, comma lists of
 * {@code <contact> <step>}, say of which steps that date begins or ends the window: the activity of
 * the CarePlan is given its period.
 *
 * <p>A contact keeps its time of day over a change to or from daylight saving: see {@link
 * TimeLimit}.
 */
@Component
class Schedule implements Step {

  private final WorkingTime time;
  private final Pathways pathways;

  Schedule(WorkingTime time, Pathways pathways) {
    this.time = time;
    this.pathways = pathways;
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
        StepInput.needed("from", Kind.VALUE),
        StepInput.optional("begins", Kind.VALUE),
        StepInput.optional("ends", Kind.VALUE));
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
    call.optionalInput("begins").ifPresent(steps -> plan(call, dates, steps, Period::setStart));
    call.optionalInput("ends").ifPresent(steps -> plan(call, dates, steps, Period::setEnd));
    return dates;
  }

  /** Only contacts that are planned now have a date. */
  private void plan(
      StepCall call, Map<String, Object> dates, String steps, BiConsumer<Period, Date> side) {
    OpenPathway open = pathways.open(call.pathwayId());
    CarePlan plan = open.carePlan();
    for (String each : steps.split(",")) {
      String[] words = each.strip().split("\\s+");
      if (words.length != 2) {
        throw new IllegalArgumentException(
            "%s: '%s' is no contact and its step".formatted(call.element(), each));
      }
      if (dates.get(words[0] + "At") instanceof Date at) {
        side.accept(PlannedActivities.window(open, plan, words[1]), at);
      }
    }
    open.record().write(call.element(), plan);
  }
}
