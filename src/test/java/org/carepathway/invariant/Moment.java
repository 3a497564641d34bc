package org.carepathway.invariant;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/**
 * What is known of a pathway at a moment.
 *
 * @param now the pathway's clock
 * @param record its FHIR record, in the order first written
 * @param known what else the store has of the patient
 * @param active whether the pathway's row says that it goes on
 * @param outcome how it ended; null while it goes on
 * @param nextTimer when the engine's next timer is due; null for none
 * @param policy the hospital's values by name in camelCase
 */
public record Moment(
    Instant now,
    List<Resource> record,
    List<Resource> known,
    boolean active,
    String outcome,
    Instant nextTimer,
    Map<String, Object> policy) {

  /** A number that the hospital may have set. */
  public BigDecimal limit(String name) {
    return new BigDecimal(policy.get(name).toString());
  }

  public <T extends Resource> Stream<T> all(Class<T> type) {
    return record.stream().filter(type::isInstance).map(type::cast);
  }

  public <T extends Resource> Optional<T> find(Class<T> type, String id) {
    return all(type).filter(some -> some.getIdElement().getIdPart().equals(id)).findFirst();
  }

  /** The resources of a type that fit here and did not fit, or were not there, before. */
  public <T extends Resource> Stream<T> turned(
      Moment before, Class<T> type, Predicate<? super T> fits) {
    return all(type)
        .filter(fits)
        .filter(some -> before.find(type, some.getIdElement().getIdPart()).filter(fits).isEmpty());
  }

  /** The answers to a form, the latest last. */
  public Stream<QuestionnaireResponse> responses(String form) {
    return all(QuestionnaireResponse.class)
        .filter(response -> response.getQuestionnaire().contains("/Questionnaire/" + form + "|"))
        .sorted(Comparator.comparing(QuestionnaireResponse::getAuthored));
  }

  public Optional<QuestionnaireResponse> last(String form) {
    return responses(form).reduce((first, second) -> second);
  }

  /** All answers to a question, wherever it is in the form. */
  public static Stream<Type> answers(QuestionnaireResponse response, String linkId) {
    return answers(response.getItem(), linkId);
  }

  static Stream<Type> answers(List<QuestionnaireResponseItemComponent> items, String linkId) {
    return items(items)
        .filter(item -> linkId.equals(item.getLinkId()))
        .flatMap(item -> item.getAnswer().stream())
        .map(QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent::getValue);
  }

  public static boolean isTrue(QuestionnaireResponse response, String linkId) {
    return answers(response, linkId).anyMatch(value -> "true".equals(value.primitiveValue()));
  }

  /** The codes answered to a question. */
  public static List<String> codes(QuestionnaireResponse response, String linkId) {
    return answers(response, linkId)
        .filter(Coding.class::isInstance)
        .map(value -> ((Coding) value).getCode())
        .toList();
  }

  public static boolean has(CodeableConcept concept, String code) {
    return concept.getCoding().stream()
        .map(Coding::getCode)
        .filter(Objects::nonNull)
        .anyMatch(code::equals);
  }

  public static String name(Resource resource) {
    return resource.fhirType() + '/' + resource.getIdElement().getIdPart();
  }

  static Stream<QuestionnaireResponseItemComponent> items(
      List<QuestionnaireResponseItemComponent> items) {
    return items.stream().flatMap(item -> Stream.concat(Stream.of(item), items(item.getItem())));
  }
}
