package org.carepathway.page;

import java.util.regex.Pattern;
import org.carepathway.fact.DrugName;

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

  /** With which SNOMED CT says in which of its hierarchies a name is. */
  private static final Pattern TAG =
      Pattern.compile(
          " \\((substance|disorder|finding|procedure|product|situation|body structure"
              + "|physical object|regime/therapy|morphologic abnormality|observable entity)\\)$");

  private ShortName() {}

  /** {@code Platelets [#/volume] in Blood by Automated count} reads as {@code Platelets}. */
  public static String of(String name) {
    String bare = METHOD.matcher(QUANTITY.matcher(name).replaceAll("")).replaceAll("");
    return DrugName.in(TAG.matcher(BLOOD.matcher(bare).replaceFirst("")).replaceFirst(""));
  }
}
