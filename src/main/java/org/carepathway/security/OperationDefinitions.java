package org.carepathway.security;

import java.util.Locale;
import java.util.Map;

/** Where the operations at {@code /fhir} are defined. */
final class OperationDefinitions {

  private static final String R4 = "http://hl7.org/fhir/OperationDefinition/";
  private static final String SDC = "http://hl7.org/fhir/uv/sdc/OperationDefinition/";

  private static final String BACKPORT =
      "http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/";

  /** Those of others; our own are served at {@code /fhir/OperationDefinition}. */
  private static final Map<String, String> STANDARD =
      Map.of(
          "*/$validate", R4 + "Resource-validate",
          "ValueSet/$expand", R4 + "ValueSet-expand",
          "ValueSet/$validate-code", R4 + "ValueSet-validate-code",
          "CodeSystem/$lookup", R4 + "CodeSystem-lookup",
          "CodeSystem/$validate-code", R4 + "CodeSystem-validate-code",
          "Patient/$everything", R4 + "Patient-everything",
          "Questionnaire/$populate", SDC + "Questionnaire-populate",
          "Subscription/$status", BACKPORT + "backport-subscription-status",
          "Subscription/$events", BACKPORT + "backport-subscription-events");

  private static final String OURS = "https://carepathway.org/fhir/OperationDefinition/";

  private OperationDefinitions() {}

  /**
   * @param operation as in the table, e.g. {@code Task/$claim}
   */
  static String of(String operation) {
    return STANDARD.getOrDefault(
        operation, OURS + operation.toLowerCase(Locale.ROOT).replace("/$", "-"));
  }
}
