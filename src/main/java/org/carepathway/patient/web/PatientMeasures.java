package org.carepathway.patient.web;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.answers.Prefilled;
import org.carepathway.form.Form;
import org.carepathway.form.FormItem;
import org.carepathway.form.UnitName;
import org.carepathway.page.Dates;
import org.carepathway.page.ShortName;
import org.carepathway.page.Texts;
import org.hl7.fhir.r4.model.DateTimeType;

/**
 * What was measured of a patient, as the patient page shows it.
 *
 * @param chart a score over time; null where the content names none
 * @param labs results with their limits, the newest first
 * @param outcomes what was scored or added up over time, compared with before the treatment
 * @param spine the levels from the top down; empty where the content names none
 */
public record PatientMeasures(Chart chart, List<Lab> labs, Outcomes outcomes, List<Level> spine) {

  public static final PatientMeasures NONE =
      new PatientMeasures(null, List.of(), Outcomes.NONE, List.of());

  public record Point(Instant at, String date, BigDecimal value, String text) {}

  /**
   * @param baseline null where there is none
   * @param target the line to get below; null where there is none
   * @param marks moments to draw as a line, such as the day of the procedure
   */
  public record Chart(
      String title,
      List<Point> points,
      String baselineTitle,
      BigDecimal baseline,
      String targetTitle,
      BigDecimal target,
      List<Point> marks) {}

  /**
   * @param comparator such as {@code <}; empty for a plain value
   * @param low the least that is allowed; null where no limit is set
   * @param high the most that is allowed; null where no limit is set
   */
  public record Lab(
      Instant at,
      String date,
      String name,
      String comparator,
      BigDecimal value,
      String unit,
      BigDecimal low,
      BigDecimal high) {

    public boolean isOutside() {
      return low != null && value.compareTo(low) < 0 || high != null && value.compareTo(high) > 0;
    }
  }

  public record Level(String name, boolean fractured, boolean treated) {}

  public static PatientMeasures of(Prefilled shown, Form form, Dates dates, Texts texts) {
    ShownItems items = new ShownItems(shown.answers().getItem(), texts);
    return new PatientMeasures(
        form.item("chart").map(chart -> chart(form, chart, items.in("chart"), dates)).orElse(null),
        items.in("labs").each("lab").stream()
            .map(lab -> lab(lab, dates))
            .filter(Objects::nonNull)
            .sorted(Comparator.comparing(Lab::at).reversed())
            .toList(),
        Outcomes.of(items.in("outcomes"), form, dates),
        spine(form, items.in("levels")));
  }

  private static Chart chart(Form form, FormItem chart, ShownItems items, Dates dates) {
    return new Chart(
        chart.label(),
        points(items, "point", dates),
        label(form, "baseline"),
        items.number("baseline").orElse(null),
        label(form, "target"),
        items.number("target").orElse(null),
        points(items, "mark", dates));
  }

  private static List<Point> points(ShownItems items, String name, Dates dates) {
    return items.each(name).stream()
        .filter(point -> point.moment(name + "-at").isPresent())
        .map(point -> point(point, name, dates))
        .sorted(Comparator.comparing(Point::at))
        .toList();
  }

  private static Point point(ShownItems point, String name, Dates dates) {
    DateTimeType at = point.moment(name + "-at").orElseThrow();
    return new Point(
        at.getValue().toInstant(),
        dates.text(at),
        point.number(name + "-value").orElse(null),
        point.text(name + "-text"));
  }

  private static Lab lab(ShownItems lab, Dates dates) {
    Optional<DateTimeType> at = lab.moment("lab-at");
    Optional<BigDecimal> value = lab.number("lab-value");
    return at.isEmpty() || value.isEmpty()
        ? null
        : new Lab(
            at.get().getValue().toInstant(),
            dates.text(at.get()),
            ShortName.of(lab.text("lab-name")),
            lab.text("lab-comparator"),
            value.get(),
            UnitName.behind(lab.text("lab-unit")),
            lab.number("lab-low").orElse(null),
            lab.number("lab-high").orElse(null));
  }

  private static List<Level> spine(Form form, ShownItems levels) {
    Set<String> fractured = codes(levels, "fractured");
    Set<String> treated = codes(levels, "treated");
    return form.item("level-treated").stream()
        .flatMap(item -> item.options().stream())
        .map(
            option ->
                new Level(
                    option.getDisplay(),
                    fractured.contains(option.getCode()),
                    treated.contains(option.getCode())))
        .toList();
  }

  private static Set<String> codes(ShownItems levels, String state) {
    return levels.each(state).stream()
        .flatMap(level -> level.code("level-" + state).stream())
        .collect(Collectors.toSet());
  }

  private static String label(Form form, String linkId) {
    return form.item(linkId).map(FormItem::label).orElse("");
  }
}
