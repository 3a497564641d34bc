package org.carepathway.answers.web;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.answers.Draft;
import org.carepathway.answers.Given;
import org.carepathway.answers.Prefilled;
import org.carepathway.form.Computed;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue;
import org.carepathway.form.FormPost;
import org.carepathway.form.FormView;
import org.carepathway.form.Posted;
import org.carepathway.page.Texts;
import org.carepathway.template.FhirPaths;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** A form between its page and the service. */
@Component
public class WebForm {

  /** The parameter by which the person confirms the warnings. */
  public static final String CONFIRM = "confirm-warnings";

  private final Clock clock;
  private final SourceText sources;
  private final Texts texts;
  private final FhirPaths paths;

  WebForm(Clock clock, SourceText sources, Texts texts, FhirPaths paths) {
    this.clock = clock;
    this.sources = sources;
    this.texts = texts;
    this.paths = paths;
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
  public void fill(Prefilled first, Optional<Draft> draft, Model model) {
    Posted shown =
        draft
            .map(kept -> read(first, kept.entered()))
            .orElse(new Posted(first.answers(), List.of(), Map.of()));
    List<FormIssue> changed = shown.issues().stream().filter(issue -> !issue.isError()).toList();
    model.addAttribute("form", view(first, shown, changed));
    model.addAttribute("draft", draft.map(Draft::savedAt).orElse(null));
  }

  /** What a page has posted. */
  public Given given(Map<String, List<String>> parameters) {
    return new Given(first -> read(first, parameters), parameters.containsKey(CONFIRM));
  }

  /** The form with what was posted, though it cannot be taken now. */
  public Refused shown(Prefilled first, Map<String, List<String>> parameters, String conflict) {
    return new Refused(view(first, read(first, parameters), List.of()), false, conflict);
  }

  /**
   * Submits what was posted.
   *
   * @param take takes it
   * @param first the form again, should it not be taken for what others did meanwhile
   * @return the form as it was posted, with what is wrong or what has changed meanwhile; empty when
   *     it was taken
   */
  public Optional<Refused> submit(
      Map<String, List<String>> parameters, Consumer<Given> take, Supplier<Prefilled> first) {
    try {
      take.accept(given(parameters));
      return Optional.empty();
    } catch (AnswersRefused refused) {
      return Optional.of(
          new Refused(
              view(refused.first(), refused.posted(), refused.issues()),
              refused.issues().stream().noneMatch(FormIssue::isError),
              null));
    } catch (ResourceVersionConflictException conflict) {
      return Optional.of(shown(first.get(), parameters, texts.of(conflict.getMessage())));
    } catch (ConcurrencyFailureException conflict) {
      return Optional.of(shown(first.get(), parameters, ""));
    }
  }

  /** What follows from the answers that a page has so far, for its open fields by their names. */
  public Map<String, String> computed(Prefilled first, Map<String, List<String>> parameters) {
    Form shown = texts.of(first.form());
    return new Computed(first.form(), paths, first.context())
        .addTo(read(first, parameters).response()).stream()
            .collect(
                Collectors.toMap(
                    Computed.Offer::name, offer -> offer.input(clock.getZone(), shown)));
  }

  private Posted read(Prefilled first, Map<String, List<String>> parameters) {
    return FormPost.read(
        first.form(), parameters, first.answers(), clock.getZone(), texts.of(first.form()));
  }

  private FormView view(Prefilled first, Posted posted, List<FormIssue> issues) {
    return FormView.of(
        texts.of(first.form()), posted, issues, clock.getZone(), first.sources(), sources::of);
  }
}
