package org.carepathway.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.exceptions.PathEngineException;
import org.hl7.fhir.r4.fhirpath.FHIRPathUtilityClasses.FunctionDetails;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Reference;

/**
 * Functions for what pathways ask again and again (docs/adr/0014):
 *
 * <ul>
 *   <li>{@code answers('form')}: of resources, the newest answers to a form in any version; {@code
 *       allAnswers('form')}: all of them, the oldest first
 *   <li>{@code answer('question')}: of answers or items, the values given to a question at any
 *       depth; {@code items('question')}: its items
 *   <li>{@code appointments('service')}: of resources, the appointments for a service, by the code
 *       of their service type
 *   <li>{@code evidence('decision')}: of resources, the newest evidence of a decision; of evidence
 *       {@code input('label')} and {@code output('name')}: the values that went in and came out
 * </ul>
 *
 * Each takes several names too: {@code answers('recovery' | 'recovery-review')}.
 */
final class Words {

  static final String ANSWERS = "answers";
  static final String ALL_ANSWERS = "allAnswers";
  static final String ANSWER = "answer";
  static final String ITEMS = "items";
  static final String APPOINTMENTS = "appointments";
  static final String EVIDENCE = "evidence";
  static final String INPUT = "input";
  static final String OUTPUT = "output";

  private static final String INPUTS =
      "https://carepathway.org/fhir/StructureDefinition/decision-inputs";

  private record Word(
      FunctionDetails details, BiFunction<List<Base>, Set<String>, List<Base>> body) {}

  private static final Map<String, Word> ALL =
      Map.of(
          ANSWERS, word("the newest answers to a form", (all, forms) -> last(answers(all, forms))),
          ALL_ANSWERS, word("the answers to a form, the oldest first", Words::answers),
          ANSWER, word("the values given to a question", Words::values),
          ITEMS, word("the items of a question", (all, questions) -> items(all, questions)),
          APPOINTMENTS, word("the appointments for a service", Words::appointments),
          EVIDENCE, word("the newest evidence of a decision", Words::evidence),
          INPUT, word("what a decision knew", (all, labels) -> inputs(all, labels)),
          OUTPUT, word("what a decision said", (all, names) -> outputs(all, names)));

  private Words() {}

  /** What the engine must know of a function of ours; null for one that is not. */
  static FunctionDetails details(String name) {
    Word word = ALL.get(name);
    return word == null ? null : word.details();
  }

  static List<Base> execute(String name, List<Base> focus, List<List<Base>> parameters) {
    Set<String> names =
        parameters.get(0).stream().map(Base::primitiveValue).collect(Collectors.toSet());
    if (names.isEmpty()) {
      throw new PathEngineException(name + "() needs a name");
    }
    return ALL.get(name).body().apply(focus, names);
  }

  private static Word word(
      String description, BiFunction<List<Base>, Set<String>, List<Base>> body) {
    return new Word(new FunctionDetails(description, 1, 1), body);
  }

  private static List<Base> answers(List<Base> resources, Set<String> forms) {
    return resources.stream()
        .filter(
            resource ->
                resource instanceof QuestionnaireResponse answers
                    && forms.contains(lastPart(answers.getQuestionnaire())))
        .toList();
  }

  /** The id in a canonical: {@code .../Questionnaire/referral|1.0.0}. */
  private static String lastPart(String canonical) {
    if (canonical == null) {
      return null;
    }
    String url = canonical.split("\\|", 2)[0];
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static List<Base> last(List<Base> all) {
    return all.isEmpty() ? all : all.subList(all.size() - 1, all.size());
  }

  private static List<Base> values(List<Base> from, Set<String> questions) {
    return items(from, questions).stream()
        .flatMap(item -> ((QuestionnaireResponseItemComponent) item).getAnswer().stream())
        .filter(QuestionnaireResponseItemAnswerComponent::hasValue)
        .map(answer -> (Base) answer.getValue())
        .toList();
  }

  private static List<Base> items(List<Base> from, Set<String> questions) {
    List<Base> found = new ArrayList<>();
    from.forEach(one -> collect(below(one), questions, found));
    return found;
  }

  private static void collect(
      Stream<QuestionnaireResponseItemComponent> items, Set<String> questions, List<Base> found) {
    items.forEach(
        item -> {
          if (questions.contains(item.getLinkId())) {
            found.add(item);
          }
          collect(below(item), questions, found);
        });
  }

  private static Stream<QuestionnaireResponseItemComponent> below(Base one) {
    if (one instanceof QuestionnaireResponse answers) {
      return answers.getItem().stream();
    }
    if (one instanceof QuestionnaireResponseItemComponent item) {
      return Stream.concat(
          item.getItem().stream(),
          item.getAnswer().stream().flatMap(answer -> answer.getItem().stream()));
    }
    return Stream.empty();
  }

  private static List<Base> appointments(List<Base> resources, Set<String> services) {
    return resources.stream()
        .filter(
            resource ->
                resource instanceof Appointment appointment
                    && appointment.getServiceType().stream()
                        .flatMap(type -> type.getCoding().stream())
                        .anyMatch(coding -> services.contains(coding.getCode())))
        .toList();
  }

  private static List<Base> evidence(List<Base> resources, Set<String> decisions) {
    return last(
        resources.stream()
            .filter(
                resource ->
                    resource instanceof GuidanceResponse evidence
                        && decisions.contains(lastPart(evidence.getModule().primitiveValue())))
            .toList());
  }

  private static List<Base> inputs(List<Base> evidence, Set<String> labels) {
    return evidence.stream()
        .map(GuidanceResponse.class::cast)
        .filter(one -> one.hasExtension(INPUTS))
        .flatMap(one -> values(one, (Reference) one.getExtensionByUrl(INPUTS).getValue(), labels))
        .toList();
  }

  private static List<Base> outputs(List<Base> evidence, Set<String> names) {
    return evidence.stream()
        .map(GuidanceResponse.class::cast)
        .flatMap(one -> values(one, one.getOutputParameters(), names))
        .toList();
  }

  private static Stream<Base> values(
      GuidanceResponse owner, Reference contained, Set<String> names) {
    return owner.getContained().stream()
        .filter(one -> ('#' + one.getIdPart()).equals(contained.getReference()))
        .map(Parameters.class::cast)
        .flatMap(parameters -> parameters.getParameter().stream())
        .filter(parameter -> names.contains(parameter.getName()))
        .filter(ParametersParameterComponent::hasValue)
        .map(ParametersParameterComponent::getValue);
  }
}
