package org.carepathway.fact;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of RxNorm as people write them: their units are not shouted. */
public final class DrugName {

  private static final Pattern STRENGTH =
      Pattern.compile("(?<=\\d )(MG|ML|MCG|UNT)(/(?:MG|ML|HR|ACTUAT))?\\b");
  private static final Pattern FORM =
      Pattern.compile("\\b(?:Injectable Solution|Injection|Oral Tablet|Oral Capsule)\\b");

  private DrugName() {}

  /** {@code 50 MG/ML Injectable Solution} reads as {@code 50 mg/mL injectable solution}. */
  public static String in(String text) {
    Matcher strength = STRENGTH.matcher(text);
    if (!strength.find()) {
      return text;
    }
    String units = strength.replaceAll(found -> units(found.group()));
    return FORM.matcher(units).replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
  }

  private static String units(String shouted) {
    return shouted
        .replace("UNT", "units")
        .replace("ACTUAT", "puff")
        .replace("HR", "h")
        .replace("MCG", "µg")
        .replace("MG", "mg")
        .replace("ML", "mL");
  }
}
