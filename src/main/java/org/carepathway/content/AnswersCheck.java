package org.carepathway.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.form.FormItem;
import org.carepathway.template.Asked;
import org.hl7.fhir.r4.model.Coding;

/**
 * What FHIRPath of models, forms and templates asks of answers can be answered: {@code
 * answers('referral').answer('route')} is a question of that form, and what it is compared with one
 * of its options.
 */
final class AnswersCheck {

  /** Form to question to the codes of its options; under null those of all forms. */
  private final Map<String, Map<String, Set<String>>> options = new HashMap<>();

  private final Set<ContentProblem> problems = new LinkedHashSet<>();

  AnswersCheck(PathwayContent content) {
    options.put(null, new HashMap<>());
    content
        .forms()
        .forEach(
            (key, form) -> {
              List<FormItem> items = content.form(key).items();
              String id = form.getIdElement().getIdPart();
              know(options.computeIfAbsent(id, any -> new HashMap<>()), items);
              know(options.get(null), items);
            });
  }

  /**
   * @param asked file to what its expressions ask
   */
  List<ContentProblem> problems(Map<String, ? extends Collection<Asked>> asked) {
    asked.forEach(
        (file, names) ->
            names.forEach(
                name -> {
                  if (name instanceof Asked.Answer answer) {
                    answer(file, answer);
                  }
                }));
    return new ArrayList<>(problems);
  }

  private static void know(Map<String, Set<String>> questions, List<FormItem> items) {
    for (FormItem item : items) {
      questions
          .computeIfAbsent(item.linkId(), any -> new HashSet<>())
          .addAll(item.options().stream().map(Coding::getCode).collect(Collectors.toSet()));
      know(questions, item.items());
    }
  }

  private void answer(String file, Asked.Answer asked) {
    Map<String, Set<String>> questions = options.get(asked.form());
    if (questions == null) {
      add(file, asked.form(), "is asked for answers, and is no form.", "Use the id of a form.");
      return;
    }
    if (asked.question() == null) {
      return;
    }
    Set<String> known = questions.get(asked.question());
    if (known == null) {
      add(
          file,
          asked.question(),
          "is asked for, and is %s."
              .formatted(asked.form() == null ? "in no form" : "not in the form " + asked.form()),
          "Use the linkId of an item.");
    } else if (!known.isEmpty()) {
      asked.codes().stream()
          .filter(code -> !known.contains(code))
          .forEach(
              code ->
                  add(
                      file,
                      asked.question(),
                      "is compared with '%s', which is no answer to it.".formatted(code),
                      "Take one of its options."));
    }
  }

  private void add(String file, String element, String problem, String remedy) {
    problems.add(new ContentProblem(file, element, problem, remedy));
  }
}
