package org.carepathway.page;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of catalogues as people say them. LOINC's say what kind of quantity it is, which the unit
 * says too, and how a machine counted; that it was in the blood goes without saying, and anything
 * else that was examined stays. RxNorm's shout their units.
 */
public final class ShortName {

  private static final Pattern QUANTITY = Pattern.compile(" ?\\[[^\\]]*/[^\\]]*\\]");
  private static final Pattern METHOD =
      Pattern.compile(" by (Automated count|Coagulation assay|Pulse oximetry|Automated)$");

  private static final Pattern BLOOD =
      Pattern.compile(
          " in (Blood|Serum or Plasma|Serum, Plasma or Blood|Platelet poor plasma|Arterial blood)$");
  private static final Pattern STRENGTH = Pattern.compile("\\b(MG|ML|MCG|UNT)\\b");
  private static final Pattern FORM =
      Pattern.compile("\\b(Injectable Solution|Injection|Oral Tablet|Oral Capsule)$");

  private ShortName() {}

  /** {@code Platelets [#/volume] in Blood by Automated count} reads as {@code Platelets}. */
  public static String of(String name) {
    String bare = METHOD.matcher(QUANTITY.matcher(name).replaceAll("")).replaceAll("");
    return drug(BLOOD.matcher(bare).replaceFirst(""));
  }

  /** {@code 50 MG/ML Injectable Solution} reads as {@code 50 mg/mL injectable solution}. */
  private static String drug(String name) {
    String form = FORM.matcher(name).replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
    return form.matches(".*\\d+ (MG|ML|MCG|UNT)\\b.*")
        ? STRENGTH.matcher(form).replaceAll(found -> unit(found.group()))
        : name;
  }

  private static String unit(String shouted) {
    return shouted.equals("ML")
        ? "mL"
        : shouted.equals("UNT") ? "units" : shouted.toLowerCase(Locale.ROOT);
  }
}
