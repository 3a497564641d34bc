package org.carepathway.book;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carepathway.book.Book.Written;
import org.carepathway.content.PathwayContent;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/** What a pathway writes, in words: its resources, its messages and what patients read. */
final class WrittenWords {

  private final PathwayContent content;
  private final StepWords steps;
  private final Language language;

  WrittenWords(PathwayContent content, StepWords steps, Language language) {
    this.content = content;
    this.steps = steps;
    this.language = language;
  }

  List<Written> all() {
    return Stream.concat(content.templates().entrySet().stream().map(this::written), patientTexts())
        .toList();
  }

  private Written written(Map.Entry<String, Resource> template) {
    return new Written(
        template.getKey(),
        steps.what(template.getValue()),
        template.getValue() instanceof CommunicationRequest message
            ? message.getPayload().stream()
                .map(payload -> payload.getContent())
                .filter(StringType.class::isInstance)
                .map(text -> language.of(((StringType) text).getValue()))
                .filter(text -> !text.isEmpty())
                .toList()
            : List.of(),
        FhirContext.forR4Cached().newJsonParser().encodeResourceToString(template.getValue()));
  }

  /** What the patient is given to read, in the reader's language, else in English. */
  private Stream<Written> patientTexts() {
    return content.texts().keySet().stream()
        .filter(name -> name.endsWith(".en"))
        .map(name -> name.substring(0, name.length() - ".en".length()))
        .map(
            name -> {
              String english = content.texts().get(name + ".en");
              String local = name + '.' + language.locale().getLanguage();
              List<String> lines =
                  content
                      .texts()
                      .getOrDefault(local, english)
                      .replaceFirst("(?s)^---\\n.*?\\n---\\n", "")
                      .lines()
                      .filter(line -> !line.isBlank())
                      .toList();
              return new Written(
                  "text-" + name,
                  language.say("book.for-patient", lines.get(0).replaceFirst("^#+ *", "")),
                  lines.stream().skip(1).map(line -> line.replaceFirst("^#+ *", "")).toList(),
                  english);
            });
  }
}
