package org.carepathway.patient.web;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.carepathway.form.Form;
import org.carepathway.form.FormItem;
import org.carepathway.form.UnitName;
import org.carepathway.page.Dates;
import org.hl7.fhir.r4.model.DateTimeType;

/**
 * What was scored or added up at each occasion, the newest first.
 *
 * @param title what the content calls them; empty where it names none
 * @param note what whoever reads the numbers must know; empty for nothing
 */
public record Outcomes(String title, String note, List<Outcome> all) {

  static final Outcomes NONE = new Outcomes("", "", List.of());

  /**
   * @param value null where there is no number: {@code reason} says why
   * @param change against before the treatment, in the same unit; null where one of both is missing
   */
  public record Outcome(
      Instant at,
      String date,
      String occasion,
      String name,
      BigDecimal value,
      String unit,
      BigDecimal change,
      String reason) {}

  static Outcomes of(ShownItems items, Form form, Dates dates) {
    return new Outcomes(
        label(form, "outcomes"),
        label(form, "outcomes-note"),
        items.each("outcome").stream()
            .map(outcome -> outcome(outcome, dates))
            .filter(Objects::nonNull)
            .sorted(Comparator.comparing(Outcome::at).reversed())
            .toList());
  }

  private static Outcome outcome(ShownItems outcome, Dates dates) {
    Optional<DateTimeType> at = outcome.moment("outcome-at");
    return at.isEmpty()
        ? null
        : new Outcome(
            at.get().getValue().toInstant(),
            dates.text(at.get()),
            outcome.text("outcome-occasion"),
            outcome.text("outcome-name"),
            outcome.number("outcome-value").orElse(null),
            UnitName.behind(outcome.text("outcome-unit")),
            outcome.number("outcome-change").orElse(null),
            outcome.text("outcome-reason"));
  }

  private static String label(Form form, String linkId) {
    return form.item(linkId).map(FormItem::label).orElse("");
  }
}
