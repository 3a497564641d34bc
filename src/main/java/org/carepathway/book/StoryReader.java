package org.carepathway.book;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.carepathway.book.Book.Story;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A scenario as a story: its text, what happens in it, and how it must end. */
record StoryReader(Glossary glossary, Amounts amounts, Language language) {

  Story read(String id, String yaml) {
    Map<String, Object> scenario = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    List<String> course = new ArrayList<>();
    for (Object step : list(scenario.get("steps"))) {
      String words = step((Map<?, ?>) step);
      if (!words.isEmpty()) {
        course.add(words);
      }
    }
    return new Story(
        id,
        String.valueOf(scenario.get("name")),
        yaml.lines()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.substring(1).strip())
            .collect(Collectors.joining(" ")),
        scenario.get("extends") instanceof String name ? begins(name, scenario) : null,
        List.copyOf(course),
        then(scenario));
  }

  private String begins(String name, Map<String, Object> scenario) {
    return scenario.get("until") instanceof String until
        ? language.say("book.story.until", name, language.say("book.quoted", glossary.step(until)))
        : name;
  }

  private String step(Map<?, ?> step) {
    String words = "";
    if (step.get("task") instanceof String task) {
      words = glossary.step(task);
    } else if (step.get("report") instanceof String event) {
      words = language.say("book.story.report", glossary.event(event));
    } else if (step.get("add") instanceof String task) {
      words = language.say("book.story.add", glossary.step(task));
    } else if (step.get("wait") instanceof String time) {
      words = language.say("book.story.wait", time(time));
    } else if (step.containsKey("revoke")) {
      words = language.say("book.story.revoke");
    } else if (step.containsKey("refer")) {
      words = language.say("book.story.refer");
    } else if (step.get("store") instanceof Map<?, ?> resource) {
      words = language.say("book.story.store", String.valueOf(resource.get("resourceType")));
    }
    Object refused = step.get("refused");
    return refused == null || Boolean.FALSE.equals(refused)
        ? words
        : language.say("book.story.refused", words);
  }

  /** Days and hours may stand together: P4DT1H. */
  private String time(String iso) {
    if (iso.matches("P\\d+DT.*")) {
      Duration time = Duration.parse(iso);
      return amounts.time("P" + time.toDays() + 'D')
          + ' '
          + amounts.time(Duration.ofMinutes(time.toMinutes() % 1440).toString());
    }
    return amounts.time(iso);
  }

  private List<String> then(Map<String, Object> scenario) {
    List<String> then = new ArrayList<>();
    List<?> reached = list(scenario.get("reached"));
    if (!reached.isEmpty()) {
      then.add(language.say("book.story.reached", steps(reached)));
    }
    if (scenario.get("tasks") instanceof List<?> tasks) {
      then.add(
          tasks.isEmpty()
              ? language.say("book.story.no-task")
              : language.say("book.story.tasks", steps(tasks)));
    }
    int checks = list(scenario.get("expect")).size();
    if (checks > 0) {
      then.add(language.say("book.story.checks", checks));
    }
    return List.copyOf(then);
  }

  private String steps(List<?> ids) {
    return ids.stream()
        .map(id -> glossary.step(String.valueOf(id)))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static List<?> list(Object written) {
    return written instanceof List<?> list ? list : List.of();
  }
}
