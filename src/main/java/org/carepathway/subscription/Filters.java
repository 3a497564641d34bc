package org.carepathway.subscription;

import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryMatchResult;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryResourceMatcher;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carepathway.fhir.Refusal;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What events of a topic are narrowed by, as the guide writes it: {@code name=value}, {@code
 * Type.name=value} and {@code Type?name=value&name=value}. All must hold.
 */
@Component
class Filters {

  private static final String PATH = "Subscription.criteria.extension('" + Backport.FILTER + "')";

  private static final Logger LOG = LoggerFactory.getLogger(Filters.class);

  private final InMemoryResourceMatcher matcher;

  Filters(InMemoryResourceMatcher matcher) {
    this.matcher = matcher;
  }

  /**
   * @return a search of the focus, such as {@code Task?status=ready}
   * @throws BaseServerResponseException (422) where it cannot be asked
   */
  String read(Topic topic, String written) {
    String text = written == null ? "" : written.strip();
    int query = text.indexOf('?');
    String type = query < 0 ? topic.focus() : text.substring(0, query);
    List<String> conditions = new ArrayList<>();
    for (String condition : text.substring(query + 1).split("&", -1)) {
      conditions.add(condition(topic, condition));
    }
    if (!type.equals(topic.focus())) {
      throw refused(topic, "is about a " + type);
    }
    String search = type + '?' + String.join("&", conditions);
    InMemoryMatchResult possible;
    try {
      possible = matcher.canBeEvaluatedInMemory(search);
      URLDecoder.decode(search, StandardCharsets.UTF_8);
    } catch (BaseServerResponseException | IllegalArgumentException unclear) {
      throw refused(topic, "cannot be read as a search");
    }
    if (!possible.supported()) {
      throw refused(topic, "cannot be looked at where something changes");
    }
    return search;
  }

  private static String condition(Topic topic, String written) {
    int equals = written.indexOf('=');
    String name = equals < 0 ? written : written.substring(0, equals);
    String value = equals < 0 ? "" : written.substring(equals + 1);
    String prefix = topic.focus() + '.';
    if (name.startsWith(prefix)) {
      name = name.substring(prefix.length());
    }
    if (!topic.filters().contains(name)) {
      throw refused(topic, "has '%s'".formatted(name));
    }
    if (value.isBlank()) {
      throw refused(topic, "has no value for '%s'".formatted(name));
    }
    return name + '=' + value;
  }

  /** A filter that cannot be asked after all must not undo what it is asked of: it is told. */
  boolean match(List<String> filters, Resource resource) {
    return filters.stream().allMatch(filter -> match(filter, resource));
  }

  private boolean match(String filter, Resource resource) {
    try {
      return matcher.match(filter, resource, null, null).matched();
    } catch (BaseServerResponseException | IllegalArgumentException fault) {
      LOG.error("A filter of a subscription to {} cannot be asked", resource.fhirType(), fault);
      return true;
    }
  }

  private static BaseServerResponseException refused(Topic topic, String problem) {
    return Refusal.rule(
        PATH,
        "The filter %s, and the topic %s can be narrowed by %s only, without modifiers, such as %s. Nothing was stored."
            .formatted(
                problem,
                topic.code(),
                new TreeSet<>(topic.filters()).stream().collect(Collectors.joining(", ")),
                topic == Topic.PATIENT_MERGE
                    ? "Patient?_id=1"
                    : topic.focus() + "?patient=Patient/1"));
  }
}
