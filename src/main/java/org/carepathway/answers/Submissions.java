package org.carepathway.answers;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.carepathway.form.AnswerCheck;
import org.carepathway.form.Extraction;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue;
import org.carepathway.form.Population;
import org.carepathway.form.Posted;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.StableIds;
import org.carepathway.security.CurrentUser;
import org.carepathway.template.FhirPathContext;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Answers to a form: pre-filled, checked, kept, and turned into resources. */
@Component
public class Submissions {

  private static final String DEFINITIONS = "https://carepathway.org/fhir/StructureDefinition/";
  private static final String CONFIRMED = DEFINITIONS + "confirmed-warning";

  private final ExpressionContexts contexts;
  private final Population population;
  private final AnswerCheck check;
  private final Extraction extraction;
  private final Enclosures enclosures;
  private final Turns turns;
  private final CurrentUser user;
  private final Clock clock;

  Submissions(
      ExpressionContexts contexts,
      Population population,
      AnswerCheck check,
      Extraction extraction,
      Enclosures enclosures,
      Turns turns,
      CurrentUser user,
      Clock clock) {
    this.contexts = contexts;
    this.population = population;
    this.check = check;
    this.extraction = extraction;
    this.enclosures = enclosures;
    this.turns = turns;
    this.user = user;
    this.clock = clock;
  }

  /** The form with what is known. */
  @Transactional(readOnly = true)
  public Prefilled prefilled(Enquiry enquiry) {
    Form form = enquiry.form();
    FhirPathContext context =
        population.variables(
            form,
            contexts.of(
                enquiry.open(),
                form.variables(),
                form.recordTypes(),
                enquiry.element(),
                user.agent()));
    return new Prefilled(form, population.populate(form, context), context);
  }

  /**
   * Writes answers and what is extracted from them.
   *
   * @param trigger from which the ids are made
   * @return the answers as they are kept
   * @throws AnswersRefused (422) when they break rules, when warnings are not confirmed, or when
   *     what was shown has changed
   */
  public QuestionnaireResponse submit(Enquiry enquiry, String trigger, Given given) {
    turns.take(enquiry.form());
    Prefilled first = prefilled(enquiry);
    Posted posted = given.reading().apply(first);
    SentAnswers.require(posted.response(), enquiry.open().pathway().patientId());
    QuestionnaireResponse answers = enclosures.known(posted.response());
    List<FormIssue> issues =
        posted.issuesAnd(check.check(enquiry.form(), answers, first.answers(), first.context()));
    if (issues.stream().anyMatch(issue -> stops(issue, given.confirmed()))) {
      throw new AnswersRefused(first, posted, issues);
    }
    return keep(enquiry, trigger, answers, issues, first.context());
  }

  /** Nobody confirms what they have not seen: the page is shown again with what has changed. */
  private static boolean stops(FormIssue issue, boolean confirmed) {
    return issue.isError() || !confirmed || issue.rule().equals(FormIssue.CHANGED);
  }

  private QuestionnaireResponse keep(
      Enquiry enquiry,
      String trigger,
      QuestionnaireResponse answers,
      List<FormIssue> warnings,
      FhirPathContext context) {
    Form form = enquiry.form();
    String element = enquiry.element();
    OpenPathway open = enquiry.open();
    QuestionnaireResponse kept = keep(answers, form, open);
    kept.setId(StableIds.of(trigger, element, "QuestionnaireResponse", 0).toString());
    warnings.forEach(warning -> kept.addExtension(confirmed(form, warning)));
    enclosures.keep(open, element, kept);
    open.record().write(element, kept);
    extraction
        .extract(
            form,
            kept,
            context,
            (template, n) -> StableIds.of(trigger, element, template, n).toString())
        .forEach(extracted -> open.record().write(element, extracted.resource()));
    return kept;
  }

  private QuestionnaireResponse keep(QuestionnaireResponse answers, Form form, OpenPathway open) {
    QuestionnaireResponse kept = answers.copy();
    kept.getMeta().getProfile().clear();
    kept.getMeta().addProfile(DEFINITIONS + "pathway-answers");
    kept.setQuestionnaire(form.canonical());
    kept.setStatus(QuestionnaireResponseStatus.COMPLETED);
    kept.setSubject(new Reference("Patient/" + open.pathway().patientId()));
    kept.getBasedOn().clear();
    kept.addBasedOn(new Reference("CarePlan/" + open.pathway().carePlanId()));
    kept.setAuthored(Date.from(clock.instant()));
    kept.setAuthor(user.agent().reference());
    kept.getExtension().removeIf(old -> old.getUrl().equals(CONFIRMED));
    return kept;
  }

  private static Extension confirmed(Form form, FormIssue warning) {
    String url = form.canonical().substring(0, form.canonical().indexOf('|'));
    return new Extension(CONFIRMED, new Coding(url, warning.rule(), warning.message()));
  }
}
