package org.carepathway.rehearsal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carepathway.form.Constraint;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue;
import org.carepathway.form.FormItem;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/**
 * Legal answers to a form that nobody thought of: usual ones, some of them changed at random, then
 * mended until the form accepts them.
 */
final class RandomForm {

  private static final int MENDINGS = 10;
  private static final Pattern LINK_ID = Pattern.compile("linkId\\s*=\\s*'([^']+)'");

  private final Form form;
  private final Choices choices;
  private final RandomValues values;
  private final TreeSet<String> changed = new TreeSet<>();

  RandomForm(Form form, Choices choices, RandomValues values) {
    this.form = form;
    this.choices = choices;
    this.values = values;
  }

  /** The questions that were answered at random. */
  TreeSet<String> changed() {
    return changed;
  }

  /**
   * @param usual answers to begin with
   * @param permille how many of a thousand questions are answered at random
   * @param check what the form has against answers
   * @return empty when the form refused all that was tried
   */
  Optional<QuestionnaireResponse> fill(
      QuestionnaireResponse usual,
      int permille,
      Function<QuestionnaireResponse, List<FormIssue>> check) {
    QuestionnaireResponse response = usual.copy();
    answerEach(form.items(), response.getItem());
    change(form.items(), response.getItem(), permille);
    for (int i = 0; i < MENDINGS; i++) {
      List<FormIssue> errors = check.apply(response).stream().filter(FormIssue::isError).toList();
      if (errors.isEmpty()) {
        return Optional.of(response);
      }
      errors.forEach(error -> mend(error, response));
    }
    return Optional.empty();
  }

  /** No choice stands for several answers: each is drawn by itself. */
  private static void answerEach(
      List<FormItem> items, List<QuestionnaireResponseItemComponent> answers) {
    for (FormItem item : items) {
      answers.removeIf(some -> item.answersOthers() && some.getLinkId().equals(item.linkId()));
      answers.stream()
          .filter(some -> some.getLinkId().equals(item.linkId()))
          .forEach(group -> answerEach(item.items(), group.getItem()));
    }
  }

  private static boolean isAnsweredByItself(FormItem item) {
    return !item.isLocked() && !item.answersOthers();
  }

  private void change(
      List<FormItem> items, List<QuestionnaireResponseItemComponent> answers, int permille) {
    for (FormItem item : items) {
      if (item.isGroup()) {
        if (item.repeats() && choices.chance(permille / 2)) {
          repeat(item, answers);
        }
        List.copyOf(answers).stream()
            .filter(some -> some.getLinkId().equals(item.linkId()))
            .forEach(group -> change(item.items(), group.getItem(), permille));
      } else if (item.isQuestion() && isAnsweredByItself(item) && choices.chance(permille)) {
        answer(item, answers);
      }
    }
  }

  /** A group once more, or once less. */
  private void repeat(FormItem item, List<QuestionnaireResponseItemComponent> answers) {
    List<QuestionnaireResponseItemComponent> there =
        answers.stream().filter(some -> some.getLinkId().equals(item.linkId())).toList();
    if (!there.isEmpty() && choices.below(2) == 1) {
      answers.remove(there.get(there.size() - 1));
    } else {
      add(item, answers);
    }
    changed.add(item.linkId());
  }

  private void mend(FormIssue issue, QuestionnaireResponse response) {
    switch (issue.rule()) {
      case FormIssue.DISABLED -> remove(response.getItem(), issue.linkId());
      case FormIssue.REQUIRED, FormIssue.MIN_OCCURS ->
          complete(form.items(), response.getItem(), issue.linkId());
      default -> {
        List<String> suspects = suspects(issue);
        if (!suspects.isEmpty()) {
          answerAgain(form.items(), response.getItem(), choices.of(suspects));
        }
      }
    }
  }

  /** The questions that a broken rule is about. */
  private List<String> suspects(FormIssue issue) {
    Stream<String> named =
        constraints(form.items())
            .filter(constraint -> constraint.key().equals(issue.rule()))
            .flatMap(rule -> LINK_ID.matcher(rule.expression()).results())
            .map(found -> found.group(1));
    return Stream.concat(Stream.ofNullable(issue.linkId()), named)
        .filter(id -> form.item(id).filter(FormItem::isQuestion).isPresent())
        .filter(id -> !form.item(id).orElseThrow().isLocked())
        .distinct()
        .toList();
  }

  private Stream<Constraint> constraints(List<FormItem> items) {
    return Stream.concat(
        items == form.items() ? form.constraints().stream() : Stream.empty(),
        items.stream()
            .flatMap(
                item -> Stream.concat(item.constraints().stream(), constraints(item.items()))));
  }

  /** Adds what is missing wherever the group around it is. */
  private void complete(
      List<FormItem> items, List<QuestionnaireResponseItemComponent> answers, String linkId) {
    for (FormItem item : items) {
      List<QuestionnaireResponseItemComponent> there =
          answers.stream().filter(some -> some.getLinkId().equals(item.linkId())).toList();
      if (item.linkId().equals(linkId) && there.isEmpty()) {
        if (item.isGroup()) {
          add(item, answers);
        } else {
          answer(item, answers);
        }
      } else if (item.isGroup()) {
        if (there.isEmpty() && !item.repeats() && contains(item, linkId)) {
          there = List.of(add(item, answers));
        }
        there.forEach(group -> complete(item.items(), group.getItem(), linkId));
      }
    }
  }

  private void answerAgain(
      List<FormItem> items, List<QuestionnaireResponseItemComponent> answers, String linkId) {
    for (FormItem item : items) {
      if (item.linkId().equals(linkId)) {
        answer(item, answers);
      } else if (item.isGroup()) {
        List.copyOf(answers).stream()
            .filter(some -> some.getLinkId().equals(item.linkId()))
            .forEach(group -> answerAgain(item.items(), group.getItem(), linkId));
      }
    }
  }

  private void answer(FormItem item, List<QuestionnaireResponseItemComponent> answers) {
    changed.add(item.linkId());
    answers.removeIf(some -> some.getLinkId().equals(item.linkId()));
    if (!item.required() && choices.below(4) == 3) {
      return;
    }
    QuestionnaireResponseItemComponent answer = new QuestionnaireResponseItemComponent();
    answer.setLinkId(item.linkId());
    int count = item.repeats() ? 1 + choices.below(3) : 1;
    List<String> given = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var value = values.of(item);
      String text = value.isPrimitive() ? value.primitiveValue() : String.valueOf(code(value));
      if (!given.contains(text)) {
        given.add(text);
        answer.addAnswer().setValue(value);
      }
    }
    insert(item, answers, answer);
  }

  private static String code(org.hl7.fhir.r4.model.Type value) {
    return value instanceof org.hl7.fhir.r4.model.Coding coding ? coding.getCode() : null;
  }

  private QuestionnaireResponseItemComponent add(
      FormItem group, List<QuestionnaireResponseItemComponent> answers) {
    QuestionnaireResponseItemComponent added = new QuestionnaireResponseItemComponent();
    added.setLinkId(group.linkId());
    group.items().stream()
        .filter(FormItem::isQuestion)
        .filter(item -> item.required() && !item.isLocked())
        .forEach(item -> answer(item, added.getItem()));
    insert(group, answers, added);
    return added;
  }

  /** In the order of the form. */
  private void insert(
      FormItem item,
      List<QuestionnaireResponseItemComponent> answers,
      QuestionnaireResponseItemComponent added) {
    answers.add(added);
    List<String> order = new ArrayList<>();
    order(form.items(), order);
    answers.sort(Comparator.comparingInt(some -> order.indexOf(some.getLinkId())));
  }

  private static void order(List<FormItem> items, List<String> order) {
    for (FormItem item : items) {
      order.add(item.linkId());
      order(item.items(), order);
    }
  }

  private static boolean contains(FormItem group, String linkId) {
    return group.items().stream()
        .anyMatch(item -> item.linkId().equals(linkId) || contains(item, linkId));
  }

  private static void remove(List<QuestionnaireResponseItemComponent> answers, String linkId) {
    answers.removeIf(some -> some.getLinkId().equals(linkId));
    answers.forEach(group -> remove(group.getItem(), linkId));
  }
}
