package org.carepathway.page;

import java.util.regex.Pattern;

/**
 * Names of catalogues as people say them. LOINC's say what kind of quantity it is, which the unit
 * says too, and how a machine counted; what was examined, such as blood, stays.
 */
public final class ShortName {

  private static final Pattern QUANTITY = Pattern.compile(" ?\\[[^\\]]*/[^\\]]*\\]");
  private static final Pattern METHOD =
      Pattern.compile(" by (Automated count|Coagulation assay|Pulse oximetry|Automated)$");

  private ShortName() {}

  /**
   * {@code Platelets [#/volume] in Blood by Automated count} reads as {@code Platelets in Blood}.
   */
  public static String of(String name) {
    return METHOD.matcher(QUANTITY.matcher(name).replaceAll("")).replaceAll("");
  }
}
