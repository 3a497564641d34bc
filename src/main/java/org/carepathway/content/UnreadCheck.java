package org.carepathway.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.template.Asked;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Every answer that a form asks for is read by something: a rule, a template, a document, a page,
 * another question. What nothing reads costs time and looks as if somebody acted on it. What people
 * read, and no rule, says who they are in the extension {@code read-by}; free text is for people.
 */
final class UnreadCheck {

  private static final String READ_BY = "https://carepathway.org/fhir/StructureDefinition/read-by";
  private static final String EXTRACT =
      "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-templateExtract";
  private static final String RULE =
      "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint";
  private static final String ANY = "";

  private static final Set<QuestionnaireItemType> NOT_ASKED_FOR_A_RULE =
      Set.of(
          QuestionnaireItemType.GROUP,
          QuestionnaireItemType.DISPLAY,
          QuestionnaireItemType.TEXT,
          QuestionnaireItemType.STRING,
          QuestionnaireItemType.ATTACHMENT);

  /** What every expression of a form knows without looking anything up. */
  private static final Set<String> OWN = Set.of("resource", "now", "today", "user");

  private static final Pattern BEGINS = Pattern.compile("linkId\\.startsWith\\('([^']+)'\\)");

  private record Question(String form, String linkId) {}

  private final PathwayContent content;
  private final FhirPaths paths;
  private final Set<Question> read = new HashSet<>();
  private final Set<Question> beginnings = new HashSet<>();

  UnreadCheck(PathwayContent content, FhirPaths paths) {
    this.content = content;
    this.paths = paths;
  }

  /**
   * @param outside file to its expressions, those of forms among them
   */
  List<ContentProblem> problems(Map<String, ? extends Collection<String>> outside) {
    outside.forEach(
        (file, expressions) -> {
          if (!file.startsWith("Questionnaire/")) {
            expressions.forEach(expression -> reads(ANY, expression));
          }
        });
    Collection<Questionnaire> forms = new HashSet<>(content.forms().values());
    forms.forEach(this::readsOf);
    List<ContentProblem> problems = new ArrayList<>();
    Set<String> filledIn = content.filledIn();
    forms.stream()
        .filter(form -> filledIn.contains(form.getUrl()))
        .forEach(
            form ->
                form.getItem().stream()
                    .flatMap(UnreadCheck::withItems)
                    .filter(item -> isUnread(id(form), item))
                    .map(item -> problem(id(form), item))
                    .forEach(problems::add));
    return problems;
  }

  private void readsOf(Questionnaire form) {
    String id = id(form);
    Set<String> templates = new TreeSet<>();
    for (Resource template : form.getContained()) {
      templates.addAll(Expressions.in(template));
    }
    templates.forEach(expression -> reads(id, expression));
    Set<String> gates =
        form.getItem().stream()
            .flatMap(UnreadCheck::withItems)
            .filter(item -> item.getType() == QuestionnaireItemType.BOOLEAN)
            .map(QuestionnaireItemComponent::getLinkId)
            .collect(Collectors.toSet());
    Questionnaire rest = form.copy();
    rest.setContained(List.of());
    for (String expression : Expressions.in(rest)) {
      others(id, expression);
      Set<String> own = own(id, expression);
      boolean gate = gates.containsAll(own);
      if (gate || own.size() > 1 || !OWN.containsAll(paths.variables(expression))) {
        own.forEach(question -> read.add(new Question(id, question)));
      }
    }
    form.getItem().stream()
        .flatMap(UnreadCheck::withItems)
        .forEach(
            item -> {
              item.getEnableWhen().forEach(when -> read.add(new Question(id, when.getQuestion())));
              if (item.hasExtension(EXTRACT) || isGate(item)) {
                read.add(new Question(id, item.getLinkId()));
              }
            });
  }

  /**
   * All that an expression asks for is read.
   *
   * @param form whose answers they are where it does not say
   */
  private void reads(String form, String expression) {
    answers(expression)
        .forEach(
            answer ->
                read.add(
                    new Question(answer.form() == null ? form : answer.form(), answer.question())));
    begins(expression).forEach(begin -> beginnings.add(new Question(form, begin)));
  }

  /** What an expression of a form asks of other forms is read. */
  private void others(String form, String expression) {
    answers(expression)
        .filter(answer -> answer.form() != null && !answer.form().equals(form))
        .forEach(answer -> read.add(new Question(answer.form(), answer.question())));
    if (answers(expression).anyMatch(answer -> answer.form() == null)
        && paths.variables(expression).contains("record")) {
      answers(expression)
          .filter(answer -> answer.form() == null)
          .forEach(answer -> read.add(new Question(ANY, answer.question())));
      begins(expression).forEach(begin -> beginnings.add(new Question(ANY, begin)));
    }
    begins(expression).forEach(begin -> beginnings.add(new Question(form, begin)));
  }

  /** What it asks of its own answers; what was answered before only fills them in. */
  private Set<String> own(String form, String expression) {
    return answers(expression)
        .filter(answer -> answer.form() == null)
        .map(Asked.Answer::question)
        .collect(Collectors.toSet());
  }

  private Stream<Asked.Answer> answers(String expression) {
    return paths.asked(expression).stream()
        .filter(Asked.Answer.class::isInstance)
        .map(Asked.Answer.class::cast)
        .filter(answer -> answer.question() != null);
  }

  private static Stream<String> begins(String expression) {
    return BEGINS.matcher(expression).results().map((MatchResult begin) -> begin.group(1));
  }

  private boolean isUnread(String form, QuestionnaireItemComponent item) {
    String linkId = item.getLinkId();
    return !NOT_ASKED_FOR_A_RULE.contains(item.getType())
        && !item.getReadOnly()
        && !item.hasExtension(READ_BY)
        && Stream.of(form, ANY).noneMatch(of -> read.contains(new Question(of, linkId)))
        && beginnings.stream()
            .noneMatch(
                begin ->
                    (begin.form().equals(form) || begin.form().equals(ANY))
                        && linkId.startsWith(begin.linkId()));
  }

  /** A yes or no with a rule of its own cannot be sent as it likes: nobody goes on without it. */
  private static boolean isGate(QuestionnaireItemComponent item) {
    return item.getType() == QuestionnaireItemType.BOOLEAN && item.hasExtension(RULE);
  }

  private static Stream<QuestionnaireItemComponent> withItems(QuestionnaireItemComponent item) {
    return Stream.concat(Stream.of(item), item.getItem().stream().flatMap(UnreadCheck::withItems));
  }

  private static String id(Questionnaire form) {
    return form.getIdElement().getIdPart();
  }

  private static ContentProblem problem(String form, QuestionnaireItemComponent item) {
    return new ContentProblem(
        "Questionnaire/" + form,
        item.getLinkId(),
        "is asked for, and nothing reads the answer.",
        "Use it in a rule, a template or a document, drop the question, or say in the extension"
            + " read-by who reads it.");
  }
}
