package org.carepathway.patient.web;

import java.util.List;
import org.carepathway.answers.Prefilled;
import org.carepathway.form.Form;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;

/**
 * What of a record stands on top of each page about a patient.
 *
 * @param sights what must always be in sight
 * @param about what is worth knowing, as far as it is known
 * @param phones that were given for this pathway, beside those of the Patient
 */
record PatientPicture(List<Sight> sights, List<Sight> about, List<Phone> phones) {

  private static final String PHONES = "phones";

  static final PatientPicture NONE = new PatientPicture(List.of(), List.of(), List.of());

  /**
   * @param code for the style and the tests
   * @param lines empty where nothing is known
   */
  record Sight(String code, String title, List<String> lines) {}

  static PatientPicture of(Prefilled shown, Form form, Dates dates, Texts texts) {
    ShownItems items = new ShownItems(shown.answers().getItem(), texts);
    return new PatientPicture(
        sights(form, "header", items, dates),
        sights(form, "about", items, dates).stream().filter(one -> !one.lines().isEmpty()).toList(),
        phones(items.in("header")));
  }

  private static List<Sight> sights(Form form, String part, ShownItems items, Dates dates) {
    ShownItems shown = items.in(part);
    return form.item(part).stream()
        .flatMap(group -> group.items().stream())
        .filter(group -> !group.linkId().equals(PHONES))
        .map(
            group ->
                new Sight(
                    group.linkId(),
                    group.label(),
                    shown.in(group.linkId()).lines().stream().map(dates::in).distinct().toList()))
        .toList();
  }

  private static List<Phone> phones(ShownItems header) {
    return header.each(PHONES).stream()
        .map(phone -> Phone.of(phone.text("phone-of"), phone.text("phone-number")))
        .filter(phone -> !phone.number().isEmpty())
        .toList();
  }
}
