package org.carepathway.book;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.book.Book.Step;
import org.carepathway.content.PathwayContent;
import org.carepathway.engine.model.Diagram;
import org.carepathway.engine.model.Diagram.Node;
import org.carepathway.engine.model.ProcessModel;
import org.carepathway.engine.model.ProcessModel.StepModel;
import org.carepathway.engine.model.ProcessModel.UserTaskModel;
import org.carepathway.engine.model.RuleTable;
import org.carepathway.template.FhirPaths;
import org.carepathway.template.ResourceTemplate;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/** The steps of a process in the order in which a patient comes to them. */
final class StepWords {

  /** What the drawing says well enough. */
  private static final Set<String> UNSAID = Set.of("fetch", "close");

  private final PathwayContent content;
  private final Glossary glossary;
  private final Language language;
  private final FhirPaths paths;
  private final DueWords due;
  private final Recordings recordings;

  StepWords(
      PathwayContent content,
      Glossary glossary,
      Amounts amounts,
      FhirPaths paths,
      Language language) {
    this.content = content;
    this.glossary = glossary;
    this.language = language;
    this.paths = paths;
    this.due = new DueWords(glossary, amounts, paths, language);
    this.recordings = new Recordings(paths, language);
  }

  List<Step> of(Diagram diagram, ProcessModel process) {
    Map<String, UserTaskModel> tasks = new HashMap<>();
    process.tasks().forEach(task -> tasks.put(task.id(), task));
    Map<String, StepModel> services = new HashMap<>();
    process.steps().forEach(step -> services.put(step.id(), step));
    List<Step> steps = new ArrayList<>();
    for (Node node : usualFirst(diagram)) {
      if (tasks.containsKey(node.id())) {
        steps.add(person(node, tasks.get(node.id()), process));
      } else if (services.containsKey(node.id())) {
        steps.add(service(node, services.get(node.id())));
      } else if (node.calls() != null) {
        steps.add(step(node, "", language.say("book.does.call"), null, false, node.calls()));
      } else {
        boolean waits = node.kind() == Diagram.Kind.WAIT;
        String does = waits ? language.say("book.does.wait") : "";
        steps.add(step(node, "", does, null, waits, String.valueOf(node.undone())));
      }
    }
    return List.copyOf(steps);
  }

  private static List<Node> usualFirst(Diagram diagram) {
    return diagram.inOrder().stream().sorted(Comparator.comparing(Node::aside)).toList();
  }

  private Step person(Node node, UserTaskModel task, ProcessModel process) {
    return step(
        node,
        Arrays.stream(String.valueOf(task.roles()).split(","))
            .map(role -> language.say("role." + role.strip()))
            .collect(Collectors.joining(", ")),
        due.text(task.dueDate(), process),
        task.form() == null ? null : task.form().replaceAll("\\|.*", ""),
        true,
        task.dueDate() + " " + task.priority());
  }

  private Step service(Node node, StepModel step) {
    return step(
        node,
        "",
        does(step),
        null,
        !UNSAID.contains(String.valueOf(step.word())),
        step.inputs().toString());
  }

  private String does(StepModel step) {
    Map<String, String> inputs = step.inputs();
    return switch (String.valueOf(step.word())) {
      case "decide" -> language.say("book.does.decide", decisions(inputs.get("decisions")));
      case "record", "refer" -> language.say("book.does.record", templates(inputs.get("template")));
      case "notify" -> language.say("book.does.notify", templates(inputs.get("template")));
      case "close" -> language.say("book.does.close", glossary.code(inputs.get("outcome")));
      case "mark" -> language.say("book.does.mark", String.valueOf(inputs.get("status")));
      case "raise" -> language.say("book.does.raise", String.valueOf(inputs.get("message")));
      case "schedule" -> language.say("book.does.schedule");
      default -> language.say("book.does.read");
    };
  }

  static List<String> names(String spaced) {
    return spaced == null ? List.of() : List.of(spaced.strip().split("\\s+"));
  }

  private String decisions(String names) {
    return names(names).stream()
        .map(name -> glossary.decisions().get(name))
        .map((RuleTable table) -> glossary.quoted(table.name()))
        .collect(Collectors.joining(", "));
  }

  private String templates(String names) {
    return names(names).stream()
        .map(content.templates()::get)
        .map(this::what)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** A message by its subject, what else is written by type and code. */
  String what(Resource template) {
    return template instanceof CommunicationRequest message
        ? subjects(message.getReasonCodeFirstRep().getTextElement())
        : recordings.of(template);
  }

  /** A subject that is worked out is told with all that it may be. */
  private String subjects(StringType subject) {
    if (subject.hasValue()) {
      return glossary.quoted(subject.getValue());
    }
    String path = subject.getExtensionString(ResourceTemplate.VALUE);
    return paths.outcomes(path).stream()
        .map(text -> glossary.quoted(text.replaceAll("^'|'$", "")))
        .collect(Collectors.joining(language.say("book.or")));
  }

  private Step step(Node node, String who, String does, String form, boolean shown, String inside) {
    return new Step(
        node.id(),
        language.of(node.name()),
        who,
        does,
        form,
        shown && !node.name().isEmpty(),
        inside + ' ' + node.next() + ' ' + node.ways());
  }
}
