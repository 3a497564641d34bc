package org.carepathway.answers;

import java.util.ArrayList;
import java.util.List;
import org.carepathway.form.AnswerCheck;
import org.carepathway.form.Extracted;
import org.carepathway.form.Extraction;
import org.carepathway.form.FormIssue;
import org.carepathway.form.Population;
import org.carepathway.form.Posted;
import org.carepathway.form.SharedAnswers;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.record.StableIds;
import org.carepathway.security.CurrentUser;
import org.carepathway.template.FhirPathContext;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Answers that are given in place of earlier ones. What the service had filled in stays as it was
 * when the form was done; both are turned into resources in the same moment, so that they differ by
 * the answers only. {@code authored} stays too: it says when the step took place, by which rules
 * count rounds and tell what came before what; when it was corrected is said by Provenance.
 */
@Component
public class Replacement {

  private final ExpressionContexts contexts;
  private final Population population;
  private final AnswerCheck check;
  private final Extraction extraction;
  private final Enclosures enclosures;
  private final CurrentUser user;

  Replacement(
      ExpressionContexts contexts,
      Population population,
      AnswerCheck check,
      Extraction extraction,
      Enclosures enclosures,
      CurrentUser user) {
    this.contexts = contexts;
    this.population = population;
    this.check = check;
    this.extraction = extraction;
    this.enclosures = enclosures;
    this.user = user;
  }

  /** The form with the answers that are kept. */
  public Prefilled first(Enquiry enquiry, QuestionnaireResponse kept) {
    FhirPathContext context =
        population.variables(
            enquiry.form(),
            contexts.of(
                enquiry.open(),
                enquiry.form().variables(),
                enquiry.form().recordTypes(),
                enquiry.element(),
                user.agent()));
    return new Prefilled(enquiry.form(), kept.copy(), context);
  }

  /**
   * @param trigger from which the ids of the earlier answers were made
   * @throws AnswersRefused (422) when the new answers break rules of the form, or warnings are not
   *     confirmed
   */
  public Replaced replace(
      Enquiry enquiry, String trigger, QuestionnaireResponse kept, Given given) {
    Prefilled first = first(enquiry, kept);
    Posted posted = given.reading().apply(first);
    SentAnswers.require(posted.response(), enquiry.open().pathway().patientId());
    QuestionnaireResponse known = enclosures.known(posted.response());
    new SharedAnswers(enquiry.form()).addTo(known);
    List<FormIssue> issues =
        new ArrayList<>(
            posted.issuesAnd(check.check(enquiry.form(), known, first.answers(), first.context())));
    if (issues.stream().anyMatch(issue -> issue.isError() || !given.confirmed())) {
      throw new AnswersRefused(first, posted, issues);
    }
    QuestionnaireResponse answers = kept.copy();
    answers.setItem(known.getItem());
    answers.setStatus(QuestionnaireResponseStatus.AMENDED);
    answers.setAuthor(user.agent().reference());
    List<Resource> extracted = extract(enquiry, trigger, answers, first.context());
    Told.by(extracted, answers);
    return new Replaced(
        answers, issues, extract(enquiry, trigger, kept, first.context()), extracted);
  }

  /** Keeps the files that the new answers bring. */
  public void keepFiles(Enquiry enquiry, QuestionnaireResponse answers) {
    enclosures.keep(enquiry.open(), enquiry.element(), answers);
  }

  private List<Resource> extract(
      Enquiry enquiry, String trigger, QuestionnaireResponse answers, FhirPathContext context) {
    return extraction
        .extract(
            enquiry.form(),
            answers,
            context,
            (template, n) -> StableIds.of(trigger, enquiry.element(), template, n).toString())
        .stream()
        .map(Extracted::resource)
        .toList();
  }
}
