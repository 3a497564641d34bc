package org.carepathway.form;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/**
 * Which pre-filled repetition one on a page is. Pages number their repetitions without gaps, so
 * that the number alone would give what the service has set in a removed one to the next.
 */
final class RowOrigin {

  /** A repetition that a person added. */
  static final String NEW = "new";

  private static final String KEPT = RowOrigin.class.getName();
  private static final Pattern OF = Pattern.compile("of-(\\d{1,6})");

  private RowOrigin() {}

  /** As it is written on the page. */
  static String text(int before) {
    return "of-" + before;
  }

  /**
   * The pre-filled repetition; empty for a new one.
   *
   * @param posted what a page posted; null for nothing
   * @param index of the repetition on the page, for who says nothing of its origin
   */
  static OptionalInt read(List<String> posted, int index) {
    String said = posted == null || posted.isEmpty() ? "" : String.valueOf(posted.get(0));
    Matcher of = OF.matcher(said);
    if (of.matches()) {
      return OptionalInt.of(Integer.parseInt(of.group(1)));
    }
    return said.equals(NEW) ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** Keeps it with a repetition that was read, for the page that shows it again. */
  static void keep(QuestionnaireResponseItemComponent read, OptionalInt origin) {
    read.setUserData(KEPT, origin.isPresent() ? text(origin.getAsInt()) : NEW);
  }

  /**
   * @param index of the repetition, which is its origin where it was not read from a page
   */
  static String kept(QuestionnaireResponseItemComponent repetition, int index) {
    String kept = (String) repetition.getUserData(KEPT);
    return kept == null ? text(index) : kept;
  }
}
