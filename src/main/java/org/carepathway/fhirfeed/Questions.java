package org.carepathway.fhirfeed;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.ehr.EhrServers;
import org.carepathway.incoming.SentRecord;
import org.carepathway.startup.StartUpException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What each EHR is asked, checked at the start. */
@Component
class Questions {

  private static final String FEEDS = "carepathway.fhir.feeds.";

  private final Map<String, List<Question>> questions = new LinkedHashMap<>();

  Questions(EhrServers servers, Environment environment) {
    Set<String> others =
        Binder.get(environment)
            .bind("carepathway.hl7.feeds", Bindable.mapOf(String.class, Object.class))
            .map(Map::keySet)
            .orElse(Set.of());
    for (String feed : servers.names()) {
      if (others.contains(feed)) {
        throw new StartUpException(
            "carepathway.fhir.feeds and carepathway.hl7.feeds both have a feed %s.".formatted(feed),
            "Give one of them another name: messages are known by their feed.",
            null);
      }
      questions.put(feed, read(feed, servers.settings(feed).resources()));
    }
  }

  List<Question> of(String feed) {
    return questions.get(feed);
  }

  static List<Question> read(String feed, List<String> texts) {
    List<Question> all = texts.stream().map(text -> question(feed, text)).toList();
    if (new HashSet<>(all).size() < all.size()) {
      throw refused(feed, "names something twice", null);
    }
    return all;
  }

  private static Question question(String feed, String text) {
    try {
      Question question = Question.of(text);
      if (!SentRecord.types().contains(question.type())) {
        throw refused(feed, "names '%s', which is not taken".formatted(question.type()), null);
      }
      return question;
    } catch (IllegalArgumentException unclear) {
      throw refused(feed, "has a parameter without a name or a value: " + text, unclear);
    }
  }

  private static StartUpException refused(String feed, String why, Exception cause) {
    return new StartUpException(
        "%s%s.resources %s.".formatted(FEEDS, feed, why),
        "Name types, and parameters where the EHR wants them, such as Observation?category=laboratory. Taken are: "
            + SentRecord.types().stream().sorted().collect(Collectors.joining(", "))
            + "; Patient always is.",
        cause);
  }
}
