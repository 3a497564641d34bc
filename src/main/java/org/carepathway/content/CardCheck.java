package org.carepathway.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carepathway.engine.model.ProcessModel;
import org.carepathway.template.FhirPathException;
import org.carepathway.template.FhirPaths;

/** Every card can be read, knows what it asks for, and leads to a task that there is. */
final class CardCheck {

  private static final Set<String> INDICATORS = Set.of("info", "warning", "critical");

  /** CDS Hooks 2.0: less than 140 characters; the rest is for what fills the blanks. */
  private static final int LONGEST = 110;

  private static final Pattern BLANK = Pattern.compile("\\{(\\d)}");
  private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z]*");

  /** What is known of a patient who is not on the pathway. */
  private static final Set<String> ALWAYS =
      Set.of("policy", "patient", "now", "today", "kinds", "orders", "triggers");

  private static final Set<String> RUNNING =
      Set.of("record", "referral", "carePlan", "episode", "urgency");

  private final String file;
  private final Cards cards;
  private final Set<String> tasks;
  private final FhirPaths paths;
  private final List<ContentProblem> problems = new ArrayList<>();

  CardCheck(PathwayContent content, List<ProcessModel> processes, FhirPaths paths) {
    this(
        "bpmn/%s/%s".formatted(content.key(), ContentParser.CARDS),
        content.cards(),
        processes.stream()
            .flatMap(process -> process.tasks().stream())
            .map(task -> task.id())
            .collect(Collectors.toSet()),
        paths);
  }

  /**
   * @param tasks element ids of all user tasks
   */
  CardCheck(String file, Cards cards, Set<String> tasks, FhirPaths paths) {
    this.file = file;
    this.cards = cards;
    this.tasks = tasks;
    this.paths = paths;
  }

  List<ContentProblem> problems() {
    cards
        .prefetch()
        .forEach((hook, queries) -> queries.forEach((key, query) -> prefetch(hook, key, query)));
    cards.all().forEach(this::card);
    return problems;
  }

  private void prefetch(String hook, String key, String query) {
    if (!Cards.HOOKS.contains(hook)) {
      add("prefetch", "'%s' is no hook.".formatted(hook), "Use one of " + Cards.HOOKS + ".");
    }
    if (!KEY.matcher(key).matches() || ALWAYS.contains(key) || RUNNING.contains(key)) {
      add(
          "prefetch." + key,
          "is no name for a variable, or is taken.",
          "Use letters, and another name than those of the pathway.");
    }
    if (!query.matches("[A-Z][A-Za-z]+\\?patient=\\{\\{context\\.patientId}}(&[a-z-]+=[^&{}]+)*")) {
      add(
          "prefetch." + key,
          "is no search of this patient that every EHR takes.",
          "Write Type?patient={{context.patientId}}, and equalities after it.");
    }
  }

  private void card(Card card) {
    if (!Cards.HOOKS.containsAll(card.hooks()) || card.hooks().isEmpty()) {
      add(card.id(), "names a hook that is not known.", "Use some of " + Cards.HOOKS + ".");
    }
    if (!INDICATORS.contains(card.indicator())) {
      add(card.id(), "has no such indicator.", "Use info, warning or critical.");
    }
    if (BLANK.matcher(card.summary()).replaceAll("").length() > LONGEST) {
      add(card.id(), "has a long summary.", "At most %d characters.".formatted(LONGEST));
    }
    blanks(card);
    card.tasks().stream()
        .filter(task -> !tasks.contains(task))
        .forEach(task -> add(card.id(), "names no task: " + task + ".", "Name a user task."));
    card.reasons().stream()
        .filter(reason -> !cards.reasons().containsKey(reason))
        .forEach(reason -> add(card.id(), "names no reason: " + reason + ".", "Add it."));
    card.expressions().forEach(expression -> expression(card, expression));
  }

  private void blanks(Card card) {
    Set<Integer> used = new HashSet<>();
    BLANK
        .matcher(card.summary() + (card.detail() == null ? "" : card.detail()))
        .results()
        .forEach(blank -> used.add(Integer.valueOf(blank.group(1))));
    for (int i = 0; i < Math.max(card.blanks().size(), used.size()); i++) {
      if (!used.contains(i) || i >= card.blanks().size()) {
        add(card.id(), "has no text for a blank, or no blank {%d}.".formatted(i), "Match them.");
      }
    }
  }

  private void expression(Card card, String expression) {
    Set<String> known = new HashSet<>(ALWAYS);
    if (card.running()) {
      known.addAll(RUNNING);
    }
    for (String hook : card.hooks()) {
      known.addAll(cards.prefetch().getOrDefault(hook, Map.of()).keySet());
    }
    try {
      paths.variables(expression).stream()
          .filter(name -> !known.contains(name))
          .forEach(
              name ->
                  add(
                      card.id(),
                      "asks for %" + name + ", which is not known there.",
                      "Use one of " + known.stream().sorted().toList() + "."));
    } catch (FhirPathException e) {
      add(card.id(), e.getMessage(), "Mend it.");
    }
  }

  private void add(String element, String problem, String remedy) {
    problems.add(new ContentProblem(file, element, problem, remedy));
  }
}
