package org.carepathway.rehearsal;

import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;

/**
 * Prints the course of a scenario for who writes it: after each step the rules that fired, the
 * messages that were sent and the tasks that are open.
 */
final class Course implements BiConsumer<String, Journey> {

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private final PrintStream out;
  private final Set<String> told = new HashSet<>();

  Course(PrintStream out) {
    this.out = out;
  }

  @Override
  public void accept(String step, Journey journey) {
    out.printf("  %s  %s%n", MINUTE.format(journey.now()), step);
    List<Resource> written =
        journey.record().stream()
            .filter(resource -> told.add(resource.getIdElement().getIdPart()))
            .toList();
    tell("rules", of(written, GuidanceResponse.class).map(Course::rules));
    tell("message", of(written, CommunicationRequest.class).map(Course::text));
    tell("open", journey.open().stream().map(item -> task(item, journey.now().getZone())));
  }

  private void tell(String what, Stream<String> lines) {
    lines
        .filter(line -> !line.isEmpty())
        .forEach(line -> out.printf("      %-8s %s%n", what, line));
  }

  private static <T> Stream<T> of(List<Resource> written, Class<T> type) {
    return written.stream().filter(type::isInstance).map(type::cast);
  }

  private static String rules(GuidanceResponse evidence) {
    return evidence.getContained(evidence.getOutputParameters().getReference())
            instanceof Parameters outputs
        ? outputs.getParameter().stream()
            .filter(output -> "rule".equals(output.getName()))
            .map(output -> output.getValue().primitiveValue())
            .distinct()
            .collect(Collectors.joining(", "))
        : "";
  }

  private static String text(CommunicationRequest message) {
    return message.getPayload().stream()
        .map(payload -> payload.getContent().primitiveValue())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "))
        .replaceAll("\\s+", " ");
  }

  private static String task(WorkItem item, ZoneId zone) {
    return "%s (%s, priority %d%s)"
        .formatted(
            item.element(),
            item.role(),
            item.priority(),
            item.dueAt() == null ? "" : ", by " + MINUTE.format(item.dueAt().atZone(zone)));
  }
}
