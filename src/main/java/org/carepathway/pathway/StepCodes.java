package org.carepathway.pathway;

/**
 * The code system of a pathway's BPMN elements: {@code Task.code} and {@code activity.detail.code}.
 */
public final class StepCodes {

  private static final String BASE = "https://carepathway.org/fhir/pathway/";

  private StepCodes() {}

  /** The system of the elements of a pathway. */
  public static String system(String pathwayKey) {
    return BASE + pathwayKey;
  }
}
