package org.carepathway.form;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carepathway.template.FhirPathContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/**
 * Which resource a pre-filled answer was read from. An answer that an expression worked out, rather
 * than read, has no source.
 */
public final class Sources {

  /** Where {@link Population} leaves what an answer was made from. */
  static final String RESULTS = Sources.class.getName();

  private static final Sources NONE = new Sources(Map.of());

  private final Map<String, Resource> byAnswer;

  private Sources(Map<String, Resource> byAnswer) {
    this.byAnswer = byAnswer;
  }

  static Sources none() {
    return NONE;
  }

  /**
   * @param prefilled as {@link Population} made it
   * @param context in which it did
   */
  public static Sources of(QuestionnaireResponse prefilled, FhirPathContext context) {
    Map<Base, Set<String>> answers = new IdentityHashMap<>();
    note(prefilled.getItem(), answers);
    Map<String, Resource> byAnswer = new HashMap<>();
    for (String name : context.names()) {
      for (Base value : context.value(name)) {
        search(value, answers, byAnswer);
      }
    }
    return new Sources(byAnswer);
  }

  /** The resource that an answer of this item was read from, if it is still that answer. */
  public Optional<Resource> find(String linkId, Type answer) {
    return Optional.ofNullable(byAnswer.get(key(linkId, answer)));
  }

  private static void note(
      List<QuestionnaireResponseItemComponent> items, Map<Base, Set<String>> answers) {
    for (QuestionnaireResponseItemComponent item : items) {
      note(item.getItem(), answers);
      for (Type value : Answers.values(item)) {
        String key = key(item.getLinkId(), value);
        results(value)
            .forEach(result -> answers.computeIfAbsent(result, r -> new HashSet<>()).add(key));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Collection<Base> results(Type value) {
    Object results = value.getUserData(RESULTS);
    return results == null ? Collections.emptyList() : (List<Base>) results;
  }

  private static void search(
      Base value, Map<Base, Set<String>> answers, Map<String, Resource> byAnswer) {
    if (value instanceof Bundle bundle) {
      bundle.getEntry().forEach(entry -> search(entry.getResource(), answers, byAnswer));
    } else if (value instanceof Resource resource) {
      search(resource, resource, answers, byAnswer);
    }
  }

  private static void search(
      Base element,
      Resource owner,
      Map<Base, Set<String>> answers,
      Map<String, Resource> byAnswer) {
    answers.getOrDefault(element, Set.of()).forEach(key -> byAnswer.putIfAbsent(key, owner));
    for (Property property : element.children()) {
      property.getValues().forEach(value -> search(value, owner, answers, byAnswer));
    }
  }

  private static String key(String linkId, Type value) {
    return linkId + '\n' + Values.text(value);
  }
}
