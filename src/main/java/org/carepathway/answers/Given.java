package org.carepathway.answers;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.carepathway.form.FormIssue;
import org.carepathway.form.Posted;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/**
 * What somebody answers to a form.
 *
 * @param reading makes the response out of what was sent, once the first answers are known: what
 *     the service sets itself is never taken from a browser
 * @param confirmed whether they have seen the form's warnings and go on
 * @param concerns whether a warning is about what they were asked: others are not put to them
 */
public record Given(
    Function<Prefilled, Posted> reading, boolean confirmed, Predicate<FormIssue> concerns) {

  /** Everything that the form warns of concerns them. */
  public Given(Function<Prefilled, Posted> reading, boolean confirmed) {
    this(reading, confirmed, issue -> true);
  }

  /** A whole response, as a system sends it. */
  public static Given of(QuestionnaireResponse answers, boolean confirmed) {
    return new Given(first -> new Posted(answers, List.of(), Map.of()), confirmed);
  }
}
