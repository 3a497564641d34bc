package org.carepathway.book;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carepathway.form.Outputs;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;

/** What the answers of a form are recorded as. */
final class RecordedWords {

  private static final int MANY = 3;

  private final Recordings recordings;
  private final Language language;
  private final Map<String, Resource> templates = new LinkedHashMap<>();
  private final Map<String, Set<String>> byQuestion = new LinkedHashMap<>();

  RecordedWords(Questionnaire source, Recordings recordings, Language language) {
    this.recordings = recordings;
    this.language = language;
    for (Resource template : source.getContained()) {
      String id = template.getId().replaceFirst("^#", "");
      templates.put(id, template);
      recordings
          .questions(template)
          .forEach(
              question ->
                  byQuestion.computeIfAbsent(question, any -> new LinkedHashSet<>()).add(id));
    }
  }

  /** What is written where the item is, and names no question; then what names this question. */
  List<String> of(Outputs outputs, String question) {
    Set<String> found = new LinkedHashSet<>();
    outputs.templates().stream()
        .map(Outputs.TemplateUse::templateId)
        .filter(id -> byQuestion.values().stream().noneMatch(ids -> ids.contains(id)))
        .forEach(id -> found.add(recordings.of(templates.get(id))));
    Set<String> named = byQuestion.getOrDefault(question, Set.of());
    if (named.size() > MANY) {
      found.addAll(kinds(named));
    } else {
      named.forEach(id -> found.add(recordings.of(templates.get(id), question)));
    }
    return List.copyOf(found);
  }

  /** A time or a place that goes into many resources: their types, and how many of each. */
  private List<String> kinds(Set<String> ids) {
    Map<String, Long> counts =
        ids.stream()
            .map(id -> templates.get(id).fhirType())
            .collect(Collectors.groupingBy(type -> type, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(
            type ->
                type.getValue() == 1
                    ? type.getKey()
                    : language.say("book.times", type.getKey(), type.getValue()))
        .toList();
  }
}
