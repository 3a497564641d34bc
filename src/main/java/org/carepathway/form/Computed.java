package org.carepathway.form;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPathException;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/**
 * Offers to open questions what follows from other answers (SDC 4.0, calculatedExpression; its
 * focus is the group of the question). An answer that is there stays, and what is sent is what
 * stands in the field: a page shows the offer before the form is sent, and nothing is computed when
 * it is.
 */
public final class Computed {

  /**
   * One answer that follows from others.
   *
   * @param name of the field on the page
   */
  public record Offer(FormItem item, String name, Type value) {

    /** As the field holds it, in the language of the form that is shown. */
    public String input(ZoneId zone, Form shown) {
      return new FieldText(zone, shown).typed(value, item.options());
    }
  }

  private final Form form;
  private final FhirPaths paths;
  private final FhirPathContext context;

  /**
   * @param context with {@code %now} and {@code %today}
   */
  public Computed(Form form, FhirPaths paths, FhirPathContext context) {
    this.form = form;
    this.paths = paths;
    this.context = context;
  }

  /** Answers what is open and follows from other answers, until nothing more follows. */
  public List<Offer> addTo(QuestionnaireResponse response) {
    Map<String, Offer> offers = new LinkedHashMap<>();
    int before;
    do {
      before = offers.size();
      walk(response, false).forEach(offer -> offers.put(offer.name(), offer));
    } while (offers.size() > before);
    return List.copyOf(offers.values());
  }

  /** What follows from the other answers of a response, also for what is answered. */
  public List<Offer> all(QuestionnaireResponse response) {
    return walk(response.copy(), true);
  }

  private List<Offer> walk(QuestionnaireResponse response, boolean answered) {
    List<Offer> offers = new ArrayList<>();
    Scope root = Scope.root(form, response.getItem());
    walk(new Level(form.items(), root, response, ""), response, answered, offers);
    return offers;
  }

  /**
   * One group that is asked.
   *
   * @param base focus of its expressions
   * @param prefix of the names of its fields
   */
  private record Level(List<FormItem> items, Scope scope, Base base, String prefix) {}

  private void walk(
      Level level, QuestionnaireResponse response, boolean answered, List<Offer> offers) {
    for (FormItem item : level.items()) {
      if (!level.scope().enables(item)) {
        continue;
      }
      if (item.isGroup()) {
        groups(item, level, response, answered, offers);
      } else if (answered || values(item, level).isEmpty()) {
        value(item, level, response).ifPresent(value -> offers.add(offer(item, level, value)));
      }
    }
  }

  private void groups(
      FormItem item,
      Level level,
      QuestionnaireResponse response,
      boolean answered,
      List<Offer> offers) {
    List<QuestionnaireResponseItemComponent> inside =
        Answers.occurrences(level.scope().items(), item.linkId());
    if (inside.isEmpty() && !item.repeats()) {
      inside = List.of(new QuestionnaireResponseItemComponent().setLinkId(item.linkId()));
    }
    for (int i = 0; i < inside.size(); i++) {
      QuestionnaireResponseItemComponent group = inside.get(i);
      String numbered = Names.repetition(level.prefix(), item, i);
      String prefix = item.repeats() ? Names.inside(Names.posted(group, numbered)) : level.prefix();
      Scope scope = level.scope().inside(item, group.getItem());
      walk(new Level(item.items(), scope, group, prefix), response, answered, offers);
      if (group.hasItem() && !level.scope().items().contains(group)) {
        Answers.insert(level.scope().items(), group, level.items());
      }
    }
  }

  private static List<Type> values(FormItem item, Level level) {
    return Answers.valuesWithin(level.scope().items(), item.linkId());
  }

  private static Offer offer(FormItem item, Level level, Type value) {
    if (values(item, level).isEmpty()) {
      QuestionnaireResponseItemComponent given = new QuestionnaireResponseItemComponent();
      given.setLinkId(item.linkId()).addAnswer().setValue(value);
      Answers.insert(level.scope().items(), given, level.items());
    }
    return new Offer(item, level.prefix() + item.linkId(), value);
  }

  /** Answers that are not complete yet may break an expression: then nothing follows from them. */
  private Optional<Type> value(FormItem item, Level level, QuestionnaireResponse response) {
    String expression = item.prefill().calculated();
    if (expression == null) {
      return Optional.empty();
    }
    try {
      List<Base> results =
          paths.evaluate(level.base(), expression, context.with("resource", response));
      return new FirstAnswers(form.id(), item).of(results, context.zone()).stream().findFirst();
    } catch (FhirPathException incomplete) {
      return Optional.empty();
    }
  }
}
