package org.carepathway.book;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.template.Asked;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/** What a template writes: the type of the resource, and what it is about with its code. */
final class Recordings {

  private static final String RULE = "sdc-questionnaire-templateExtract";
  private static final List<String> ABOUT =
      List.of(
          "code",
          "medication[x]",
          "reasonCode",
          "event",
          "type",
          "category",
          "serviceType",
          "class",
          "description",
          "scope");
  private static final Map<String, String> SYSTEMS =
      Map.of("http://loinc.org", "LOINC ", "http://snomed.info/sct", "SNOMED CT ");

  private final FhirPaths paths;
  private final Language language;

  Recordings(FhirPaths paths, Language language) {
    this.paths = paths;
    this.language = language;
  }

  /** Such as {@code Observation: Pain severity (LOINC 72514-3)}. */
  String of(Resource template) {
    return of(template, null);
  }

  /**
   * The same, where one of several codes is taken by question.
   *
   * @param question linkId; null for all
   */
  String of(Resource template, String question) {
    String about =
        ABOUT.stream()
            .map(template::getNamedProperty)
            .filter(property -> property != null && property.hasValues())
            .map(property -> words(property.getValues(), question))
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    return about.isEmpty()
        ? template.fhirType()
        : language.say("book.pair", template.fhirType(), about);
  }

  /** The questions that a template names. */
  Set<String> questions(Resource template) {
    Set<String> questions = new TreeSet<>();
    expressions(template)
        .map(paths::asked)
        .flatMap(List::stream)
        .filter(Asked.Answer.class::isInstance)
        .map(asked -> ((Asked.Answer) asked).question())
        .filter(Objects::nonNull)
        .forEach(questions::add);
    return questions;
  }

  private static Stream<String> expressions(Base element) {
    Stream<String> own =
        element instanceof Extension extension && extension.getUrl().contains(RULE)
            ? Stream.of(
                extension.getValue() instanceof Expression expression
                    ? expression.getExpression()
                    : extension.getValue().primitiveValue())
            : Stream.empty();
    return Stream.concat(
        own,
        element.children().stream()
            .map(Property::getValues)
            .flatMap(List::stream)
            .filter(Objects::nonNull)
            .flatMap(Recordings::expressions));
  }

  private String words(List<Base> values, String question) {
    Set<String> words = new LinkedHashSet<>();
    for (Base value : values) {
      if (value instanceof CodeableConcept concept) {
        words.addAll(words(concept, question));
      } else if (value instanceof Coding coding) {
        words.add(words(coding));
      } else if (value.isPrimitive() && value.hasPrimitiveValue()) {
        words.add(language.of(value.primitiveValue()));
      }
    }
    words.remove("");
    return words.stream().collect(Collectors.joining(", "));
  }

  private List<String> words(CodeableConcept concept, String question) {
    List<String> words = new ArrayList<>();
    concept.getCoding().stream()
        .filter(coding -> isOf(coding, question))
        .map(this::words)
        .forEach(words::add);
    if (words.stream().allMatch(String::isEmpty) && concept.hasText()) {
      words.add(language.of(concept.getText()));
    }
    return words;
  }

  /** Whether a code is not of another question. */
  private boolean isOf(Coding coding, String question) {
    Set<String> of =
        expressions(coding)
            .map(paths::asked)
            .flatMap(List::stream)
            .filter(Asked.Answer.class::isInstance)
            .map(asked -> ((Asked.Answer) asked).question())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return question == null || of.isEmpty() || of.contains(question);
  }

  private String words(Coding coding) {
    if (!coding.hasCode()) {
      return coding.hasDisplay() ? language.of(coding.getDisplay()) : "";
    }
    // A template may fill the system in only when it is applied.
    String system = coding.getSystem() == null ? "" : SYSTEMS.getOrDefault(coding.getSystem(), "");
    String code = system + coding.getCode();
    return coding.hasDisplay() ? "%s (%s)".formatted(language.of(coding.getDisplay()), code) : code;
  }
}
