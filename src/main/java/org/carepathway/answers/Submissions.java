package org.carepathway.answers;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.carepathway.form.AnswerCheck;
import org.carepathway.form.Extraction;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue;
import org.carepathway.form.Population;
import org.carepathway.form.Sources;
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

  public Form form(OpenPathway open, String formKey) {
    return open.content().form(formKey);
  }

  public QuestionnaireResponse populate(OpenPathway open, String formKey, String element) {
    Form form = form(open, formKey);
    return population.populate(form, context(open, form, element));
  }

  /** As {@link #populate}, with where the answers were read from. */
  public Prefilled prefilled(OpenPathway open, String formKey, String element) {
    Form form = form(open, formKey);
    FhirPathContext context = population.variables(form, context(open, form, element));
    QuestionnaireResponse answers = population.populate(form, context);
    return new Prefilled(answers, Sources.of(answers, context));
  }

  public List<FormIssue> check(
      OpenPathway open, String formKey, String element, QuestionnaireResponse answers) {
    Form form = form(open, formKey);
    FhirPathContext context = population.variables(form, context(open, form, element));
    return check.check(form, answers, population.populate(form, context), context);
  }

  /**
   * Writes answers and what is extracted from them.
   *
   * @param element BPMN element or message that they are about
   * @param trigger from which the ids are made
   * @param sent the answers as they came
   * @param confirmed whether the person has seen the warnings and goes on
   * @return the answers as they are kept
   * @throws AnswersRefused (422) when they break rules, or when warnings are not confirmed
   */
  public QuestionnaireResponse submit(
      OpenPathway open,
      String formKey,
      String element,
      String trigger,
      QuestionnaireResponse sent,
      boolean confirmed) {
    QuestionnaireResponse answers = enclosures.known(sent);
    Form form = form(open, formKey);
    turns.take(form);
    FhirPathContext context = population.variables(form, context(open, form, element));
    List<FormIssue> issues =
        check.check(form, answers, population.populate(form, context), context);
    if (issues.stream().anyMatch(issue -> issue.isError() || !confirmed)) {
      throw new AnswersRefused(issues);
    }
    QuestionnaireResponse kept = keep(answers, form, open);
    kept.setId(StableIds.of(trigger, element, "QuestionnaireResponse", 0).toString());
    issues.forEach(warning -> kept.addExtension(confirmed(form, warning)));
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

  private FhirPathContext context(OpenPathway open, Form form, String element) {
    return contexts.of(open, form.variables(), form.recordTypes(), element, user.agent());
  }
}
