package org.carepathway.form;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/** Names of inputs: the linkId after the repetitions around it, such as {@code levels[0].level}. */
final class Names {

  static final String OTHER = "@other";
  static final String UNIT = "@unit";
  static final String SEEN = "@seen";

  /** Longer numbers are no numbers of repetitions. */
  private static final Pattern INDEX = Pattern.compile("(\\d{1,6})\\]");

  private static final String POSTED = Names.class.getName();

  private Names() {}

  /** Keeps with a repetition the name under which a page posted it. */
  static void keep(QuestionnaireResponseItemComponent repetition, String name) {
    repetition.setUserData(POSTED, name);
  }

  /**
   * The name under which a page posted a repetition.
   *
   * @param otherwise where it was not read from a page
   */
  static String posted(QuestionnaireResponseItemComponent repetition, String otherwise) {
    String name = (String) repetition.getUserData(POSTED);
    return name == null ? otherwise : name;
  }

  static String repetition(String prefix, FormItem group, Object index) {
    return prefix + group.linkId() + "[" + index + "]";
  }

  static String inside(String repetition) {
    return repetition + ".";
  }

  /** The numbers of the repetitions of a group that were posted, in order. */
  static List<Integer> repetitions(Collection<String> posted, String prefix, FormItem group) {
    String start = prefix + group.linkId() + "[";
    return posted.stream()
        .filter(name -> name.startsWith(start))
        .map(name -> INDEX.matcher(name.substring(start.length())))
        .filter(Matcher::lookingAt)
        .map(matcher -> Integer.valueOf(matcher.group(1)))
        .distinct()
        .sorted()
        .toList();
  }
}
