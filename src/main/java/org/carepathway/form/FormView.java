package org.carepathway.form;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;

/**
 * A form as a page shows it, with everything decided, so that the fragment {@code form/fields} has
 * no logic.
 *
 * @param errors errors that belong to no field that is shown
 * @param warnings warnings that belong to no field that is shown
 */
public record FormView(String title, List<String> errors, List<String> warnings, List<Node> nodes) {

  /** What stands on the page, in order. */
  public sealed interface Node permits Text, FieldView, GroupView {

    /** Which fragment shows it. */
    String kind();
  }

  /**
   * A text to read.
   *
   * @param enableWhen condition as JSON for the script; null for always
   */
  public record Text(String linkId, String text, String enableWhen) implements Node {

    @Override
    public String kind() {
      return "display";
    }
  }

  /**
   * Shows a response, such as a prefill.
   *
   * @param issues what {@link AnswerCheck} found; shown at the fields
   * @param zone in which dates and times are shown and typed
   */
  public static FormView of(
      Form form, QuestionnaireResponse response, List<FormIssue> issues, ZoneId zone) {
    return of(form, new Posted(response, List.of(), Map.of()), issues, zone);
  }

  /**
   * Shows also where answers come from that are still as they were pre-filled.
   *
   * @param reading names a source in words
   */
  public static FormView of(
      Form form,
      Posted posted,
      List<FormIssue> issues,
      ZoneId zone,
      Sources sources,
      Function<Resource, String> reading) {
    return new FormPage(form, posted, issues, zone, new Sourced(sources, reading)).view();
  }

  /** Shows again what was posted, also what could not be read. */
  public static FormView of(Form form, Posted posted, List<FormIssue> issues, ZoneId zone) {
    return of(form, posted, issues, zone, Sources.none(), Resource::getId);
  }
}
