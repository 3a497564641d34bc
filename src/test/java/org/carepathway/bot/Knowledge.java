package org.carepathway.bot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What a clinic knows of a patient.
 *
 * @param calendar how long each wait is, ISO 8601
 * @param answers by linkId, or {@code form/linkId}
 */
record Knowledge(List<String> calendar, Map<String, Object> answers) {

  @SuppressWarnings("unchecked")
  static Knowledge read() throws IOException {
    Map<String, Object> file =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(Path.of("src/test/resources/bot/clinical-answers.yaml")));
    return new Knowledge(
        (List<String>) file.get("calendar"), (Map<String, Object>) file.get("answers"));
  }

  /**
   * @param form last part of the Questionnaire's url
   */
  Optional<Object> answer(String form, String linkId) {
    return Optional.ofNullable(answers.getOrDefault(form + '/' + linkId, answers.get(linkId)));
  }

  List<Duration> waits() {
    return calendar.stream().map(Knowledge::duration).toList();
  }

  private static Duration duration(String text) {
    return text.contains("T")
        ? Duration.parse(text)
        : Duration.ofDays(Period.parse(text).getDays());
  }
}
