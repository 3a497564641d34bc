package org.carepathway.answers;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.carepathway.form.AnswerCheck;
import org.carepathway.form.Extracted;
import org.carepathway.form.Extraction;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue;
import org.carepathway.form.Population;
import org.carepathway.form.Posted;
import org.carepathway.form.SharedAnswers;
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
import org.hl7.fhir.r4.model.Resource;
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
  private final Reservations reservations;
  private final Turns turns;
  private final CurrentUser user;
  private final Clock clock;

  Submissions(
      ExpressionContexts contexts,
      Population population,
      AnswerCheck check,
      Extraction extraction,
      Enclosures enclosures,
      Reservations reservations,
      Turns turns,
      CurrentUser user,
      Clock clock) {
    this.contexts = contexts;
    this.population = population;
    this.check = check;
    this.extraction = extraction;
    this.enclosures = enclosures;
    this.reservations = reservations;
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
    new SharedAnswers(enquiry.form()).addTo(answers);
    List<FormIssue> issues =
        new ArrayList<>(
            posted.issuesAnd(
                check.check(enquiry.form(), answers, first.answers(), first.context())));
    issues.removeIf(issue -> !issue.isError() && !given.concerns().test(issue));
    if (issues.stream().anyMatch(issue -> stops(issue, given.confirmed()))) {
      throw new AnswersRefused(first, posted, issues);
    }
    QuestionnaireResponse kept = response(answers, enquiry);
    kept.setId(StableIds.of(trigger, enquiry.element(), "QuestionnaireResponse", 0).toString());
    List<Resource> extracted = extract(enquiry, trigger, kept, first.context());
    issues.addAll(reservations.take(enquiry.form(), extracted, List.copyOf(issues)));
    if (issues.stream().anyMatch(issue -> stops(issue, given.confirmed()))) {
      throw new AnswersRefused(first, posted, issues);
    }
    keep(enquiry, kept, issues, extracted);
    return kept;
  }

  /** Nobody confirms what they have not seen: the page is shown again with what has changed. */
  private static boolean stops(FormIssue issue, boolean confirmed) {
    return issue.isError() || !confirmed || issue.rule().equals(FormIssue.CHANGED);
  }

  private List<Resource> extract(
      Enquiry enquiry, String trigger, QuestionnaireResponse kept, FhirPathContext context) {
    return extraction
        .extract(
            enquiry.form(),
            kept,
            context,
            (template, n) -> StableIds.of(trigger, enquiry.element(), template, n).toString())
        .stream()
        .map(Extracted::resource)
        .toList();
  }

  private void keep(
      Enquiry enquiry,
      QuestionnaireResponse kept,
      List<FormIssue> warnings,
      List<Resource> extracted) {
    String element = enquiry.element();
    OpenPathway open = enquiry.open();
    warnings.forEach(warning -> kept.addExtension(confirmed(enquiry.form(), warning)));
    Told.by(extracted, kept);
    enclosures.keep(open, element, kept);
    open.record().write(element, kept);
    extracted.forEach(resource -> open.record().write(element, resource));
  }

  private QuestionnaireResponse response(QuestionnaireResponse answers, Enquiry enquiry) {
    QuestionnaireResponse kept = answers.copy();
    kept.getMeta().getProfile().clear();
    kept.getMeta().addProfile(DEFINITIONS + "pathway-answers");
    kept.setQuestionnaire(enquiry.form().canonical());
    kept.setStatus(QuestionnaireResponseStatus.COMPLETED);
    kept.setSubject(new Reference("Patient/" + enquiry.open().pathway().patientId()));
    kept.getBasedOn().clear();
    kept.addBasedOn(new Reference("CarePlan/" + enquiry.open().pathway().carePlanId()));
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
