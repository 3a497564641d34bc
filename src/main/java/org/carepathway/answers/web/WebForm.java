package org.carepathway.answers.web;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.answers.Draft;
import org.carepathway.form.FormIssue;
import org.carepathway.form.FormPost;
import org.carepathway.form.FormView;
import org.carepathway.form.Posted;
import org.carepathway.page.Texts;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** A form between its page and the service. */
@Component
public class WebForm {

  private static final String CONFIRM = "confirm-warnings";

  private final Clock clock;
  private final SourceText sources;
  private final Texts texts;

  WebForm(Clock clock, SourceText sources, Texts texts) {
    this.clock = clock;
    this.sources = sources;
    this.texts = texts;
  }

  /**
   * A form as it was posted and not taken.
   *
   * @param warned whether nothing but warnings stands in the way, which the person may confirm
   * @param conflict why it cannot be taken now, in words; null where the answers are at fault
   */
  public record Refused(FormView form, boolean warned, String conflict) {

    public HttpStatus status() {
      return conflict == null ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.CONFLICT;
    }

    /**
     * Shows it again with what is to be put right; nothing is where the answers are not at fault.
     */
    public void show(Model model) {
      model.addAttribute("form", form);
      model.addAttribute("warned", warned);
      model.addAttribute("problems", conflict == null ? Problem.of(form) : null);
    }
  }

  /** Shows the form to fill in, with what is known already or with the draft of the person. */
  public void fill(Questions questions, Optional<Draft> draft, Model model) {
    Posted shown =
        draft
            .map(kept -> read(questions, kept.entered()))
            .orElse(new Posted(questions.prefilled().answers(), List.of(), Map.of()));
    model.addAttribute("form", view(questions, shown, List.of()));
    model.addAttribute("draft", draft.map(Draft::savedAt).orElse(null));
  }

  /** The form with what was posted, though it cannot be taken. */
  public Refused shown(Questions questions, Map<String, List<String>> parameters, String conflict) {
    return refused(questions, read(questions, parameters), List.of(), conflict);
  }

  /**
   * Submits what was posted.
   *
   * @return the form as it was posted, with what is wrong or what has changed meanwhile; empty when
   *     it was taken
   */
  public Optional<Refused> submit(Questions questions, Map<String, List<String>> parameters) {
    Posted posted = read(questions, parameters);
    try {
      List<FormIssue> issues = issues(questions, posted, parameters.containsKey(CONFIRM));
      return issues.isEmpty()
          ? Optional.empty()
          : Optional.of(refused(questions, posted, issues, null));
    } catch (ResourceVersionConflictException conflict) {
      return Optional.of(refused(questions, posted, List.of(), texts.of(conflict.getMessage())));
    } catch (ConcurrencyFailureException conflict) {
      return Optional.of(refused(questions, posted, List.of(), ""));
    }
  }

  /** What could not even be read must not get lost: then nothing is submitted. */
  private static List<FormIssue> issues(Questions questions, Posted posted, boolean confirmed) {
    if (!posted.issues().isEmpty()) {
      return posted.issuesAnd(questions.check().apply(posted.response()));
    }
    try {
      questions.submit().accept(posted.response(), confirmed);
      return List.of();
    } catch (AnswersRefused refused) {
      return refused.issues();
    }
  }

  private Posted read(Questions questions, Map<String, List<String>> parameters) {
    return FormPost.read(
        questions.form(),
        parameters,
        questions.prefilled().answers(),
        clock.getZone(),
        LocaleContextHolder.getLocale());
  }

  private Refused refused(
      Questions questions, Posted posted, List<FormIssue> issues, String conflict) {
    return new Refused(
        view(questions, posted, issues),
        conflict == null && issues.stream().noneMatch(FormIssue::isError),
        conflict);
  }

  private FormView view(Questions questions, Posted posted, List<FormIssue> issues) {
    return FormView.of(
        texts.of(questions.form()),
        posted,
        issues,
        clock.getZone(),
        questions.prefilled().sources(),
        sources::of);
  }
}
