package org.carepathway.booking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Questionnaire;

/**
 * What a form books, as its content says: the extension {@code booking} of the Questionnaire. All
 * values are FHIRPath over the record and the form's first answers, {@code %resource}.
 *
 * @param latestMinute of the day at which it may start
 * @param earliest reason to the first time that it allows
 * @param latest reason to the last time that it allows
 * @param movedBy event of the pathway by which a booking is moved or cancelled
 * @param movedTo linkId of the new start in the form of that event
 * @param prefer reason to whether a {@code %start} is as the patient wishes
 * @param answers linkId to what follows from {@code %start}
 */
record BookingRule(
    List<NeedRule> needs,
    String latestMinute,
    List<Named> earliest,
    List<Named> latest,
    List<Named> prefer,
    List<Named> answers,
    String movedBy,
    String movedTo) {

  static final String URL = "https://carepathway.org/fhir/StructureDefinition/booking";

  /**
   * @param kind of what is needed, also the linkId that takes its name
   * @param when whether it is needed at all; null for always
   */
  record NeedRule(String kind, String from, String to, String present, String when) {}

  /**
   * @param name of a reason, or a linkId
   * @param goal of a latest time: whether it should be kept only
   */
  record Named(String name, String path, boolean goal) {}

  static Optional<BookingRule> of(Questionnaire form) {
    return Optional.ofNullable(form.getExtensionByUrl(URL)).map(BookingRule::read);
  }

  /** All that has to be evaluated. */
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    for (NeedRule need : needs) {
      paths.addAll(List.of(need.from(), need.to(), need.present()));
      if (need.when() != null) {
        paths.add(need.when());
      }
    }
    paths.add(latestMinute);
    for (List<Named> some : List.of(earliest, latest, prefer, answers)) {
      some.forEach(each -> paths.add(each.path()));
    }
    return paths;
  }

  private static BookingRule read(Extension booking) {
    return new BookingRule(
        booking.getExtensionsByUrl("need").stream()
            .map(
                need ->
                    new NeedRule(
                        text(need, "kind"),
                        text(need, "from"),
                        text(need, "to"),
                        text(need, "present"),
                        text(need, "when")))
            .toList(),
        text(booking, "latest-minute"),
        named(booking, "earliest"),
        named(booking, "latest"),
        named(booking, "prefer"),
        named(booking, "answer"),
        text(booking, "moved-by"),
        text(booking, "moved-to"));
  }

  private static List<Named> named(Extension booking, String url) {
    return booking.getExtensionsByUrl(url).stream()
        .map(
            each ->
                new Named(
                    text(each, "name"), text(each, "value"), "true".equals(text(each, "goal"))))
        .toList();
  }

  private static String text(Extension parent, String url) {
    Extension found = parent.getExtensionByUrl(url);
    if (found == null) {
      return null;
    }
    return found.getValue() instanceof Expression path
        ? path.getExpression()
        : found.getValue().primitiveValue();
  }
}
