package org.carepathway.book;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.book.Book.DecisionPart;
import org.carepathway.book.Book.Event;
import org.carepathway.book.Book.FormPart;
import org.carepathway.book.Book.Stage;
import org.carepathway.book.Book.Step;
import org.carepathway.content.PathwayContent;
import org.carepathway.engine.model.Diagram;
import org.carepathway.engine.model.DrawingReader;
import org.carepathway.engine.model.ProcessModel;
import org.carepathway.engine.model.ProcessModels;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Questionnaire;

/** The chapters of a book: each form and each decision stands where a patient first meets it. */
final class Chapters {

  private static final String MAIN = "main";

  private final PathwayContent content;
  private final FhirPaths paths;
  private final Language language;
  private final Glossary glossary;
  private final Amounts amounts;
  private final StepWords steps;
  private final Map<String, ProcessModel> processes = new HashMap<>();
  private final Map<String, FormPart> forms = new LinkedHashMap<>();
  private final Map<String, DecisionPart> decisions = new LinkedHashMap<>();

  Chapters(PathwayContent content, FhirPaths paths, Language language) {
    this.content = content;
    this.paths = paths;
    this.language = language;
    this.glossary = new Glossary(content, language);
    this.amounts = new Amounts(language);
    this.steps = new StepWords(content, glossary, amounts, paths, language);
    content.models().entrySet().stream()
        .filter(model -> model.getKey().endsWith(".bpmn"))
        .flatMap(model -> ProcessModels.read(model.getKey(), model.getValue()).stream())
        .forEach(process -> processes.put(process.id(), process));
    content.forms().forEach(this::form);
    DecisionWords words = new DecisionWords(glossary, amounts, language);
    glossary.decisions().values().forEach(table -> decisions.put(table.id(), words.of(table)));
  }

  Book book(Map<String, String> scenarios, String inherits) {
    List<Stage> stages = stages();
    PolicyWords policy = new PolicyWords(amounts, language);
    StoryReader stories = new StoryReader(glossary, amounts, language);
    return new Book(
        content.key(),
        content.version(),
        language.of(content.plan().getTitle()),
        language.of(content.plan().getDescription()),
        inherits,
        stages,
        events(),
        List.copyOf(forms.values()),
        List.copyOf(decisions.values()),
        content.policy().values().values().stream().map(policy::value).toList(),
        new WrittenWords(content, steps, language).all(),
        scenarios.entrySet().stream()
            .map(scenario -> stories.read(scenario.getKey(), scenario.getValue()))
            .toList());
  }

  private void form(String key, Questionnaire source) {
    forms.computeIfAbsent(
        source.getIdElement().getIdPart(),
        id -> new FormWords(content.form(key), source, glossary, amounts, paths, language).part());
  }

  private List<Stage> stages() {
    List<Stage> stages = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(content.key()));
    Stream<String> all = content.diagrams().stream().map(Diagram::processId).sorted();
    all.forEach(open::addLast);
    while (!open.isEmpty()) {
      String process = open.pollFirst();
      Diagram diagram = content.diagram(process).orElse(null);
      if (diagram != null && seen.add(process)) {
        stages.add(stage(diagram));
        List<String> called =
            diagram.inOrder().stream().map(Diagram.Node::calls).filter(Objects::nonNull).toList();
        for (int i = called.size() - 1; i >= 0; i--) {
          open.addFirst(called.get(i));
        }
      }
    }
    return List.copyOf(stages);
  }

  private Stage stage(Diagram diagram) {
    ProcessModel process = processes.get(diagram.processId());
    List<Step> done = steps.of(diagram, process);
    return new Stage(
        diagram.processId().equals(content.key()) ? MAIN : diagram.processId(),
        language.of(diagram.name()),
        language.of(diagram.about()),
        DrawingReader.read(diagram.xml(language::of)),
        done,
        done.stream().map(Step::form).map(forms::remove).filter(Objects::nonNull).toList(),
        process.steps().stream()
            .flatMap(step -> StepWords.names(step.inputs().get("decisions")).stream())
            .map(decisions::remove)
            .filter(Objects::nonNull)
            .toList());
  }

  private List<Event> events() {
    Stream<Event> reported =
        content.events().stream()
            .map(
                event ->
                    new Event(
                        event.message(),
                        language.of(event.title()),
                        event.roles().stream()
                            .sorted()
                            .map(role -> language.say("role." + role))
                            .collect(Collectors.joining(", ")),
                        event.form() == null ? "" : event.form().replaceAll("\\|.*", ""),
                        event.ends()));
    Stream<Event> added =
        content.addedSteps().stream()
            .map(
                step ->
                    new Event(
                        step.message(),
                        language.of(step.title()),
                        language.say("book.added"),
                        "",
                        false));
    return Stream.concat(reported, added).toList();
  }
}
