package org.carepathway.populate;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.answers.Prefilled;
import org.carepathway.fhir.Refusal;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.report.Reports;
import org.carepathway.security.Readable;
import org.carepathway.task.Completion;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Questionnaire;
import org.springframework.stereotype.Component;

/**
 * Where a form is put to somebody about a patient: by an open task, or by what can be reported. A
 * form by itself is about no pathway, so that nothing could be known of its answers.
 */
@Component
class PutQuestions {

  private final Pathways pathways;
  private final Worklist worklist;
  private final Completion completion;
  private final Reports reports;
  private final Readable readable;

  PutQuestions(
      Pathways pathways,
      Worklist worklist,
      Completion completion,
      Reports reports,
      Readable readable) {
    this.pathways = pathways;
    this.worklist = worklist;
    this.completion = completion;
    this.reports = reports;
    this.readable = readable;
  }

  /**
   * The form with what is known, as the operation of its task or report gives it.
   *
   * @throws ResourceNotFoundException (404) when nothing asks this form of the patient now
   * @throws ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException (422) when several do
   *     and no context names the one
   */
  Prefilled first(Questionnaire form, PopulateRequest request) {
    if (!readable.type("Task") || !readable.patient(request.patientId())) {
      throw nothing(form, request);
    }
    List<Put> found =
        pathways.ofPatient(request.patientId()).stream()
            .flatMap(pathway -> pathways.view(pathway.id()).stream())
            .filter(
                open ->
                    request.plan() == null
                        || request.plan().getIdPart().equals(open.pathway().carePlanId()))
            .flatMap(open -> Stream.concat(tasks(open, form, request), events(open, form, request)))
            .toList();
    if (found.isEmpty()) {
      throw nothing(form, request);
    }
    if (found.size() > 1) {
      throw Refusal.rule(
          "Parameters.parameter",
          "This form is asked in several places: %s. Name the one in a 'context' whose 'content' is a reference to its Task or CarePlan, or ask that one's own $populate."
              .formatted(found.stream().map(Put::name).collect(Collectors.joining(", "))));
    }
    return found.get(0).first().get();
  }

  private Stream<Put> tasks(OpenPathway open, Questionnaire form, PopulateRequest request) {
    return worklist.ofPathway(open.pathway().id()).stream()
        .filter(WorkItem::isOpen)
        .filter(item -> is(open, item.form(), form))
        .filter(
            item ->
                request.task() == null || request.task().getIdPart().equals(item.id().toString()))
        .map(item -> new Put("Task/" + item.id(), () -> completion.first(item.id())));
  }

  private Stream<Put> events(OpenPathway open, Questionnaire form, PopulateRequest request) {
    return request.task() != null
        ? Stream.empty()
        : reports.possible(open).stream()
            .filter(event -> event.form() != null && is(open, event.form(), form))
            .map(
                event ->
                    new Put(
                        "CarePlan/%s with the event %s"
                            .formatted(open.pathway().carePlanId(), event.message()),
                        () -> reports.first(open.pathway().id(), event.message())));
  }

  private static boolean is(OpenPathway open, String formKey, Questionnaire form) {
    Questionnaire own = open.content().questionnaire(formKey);
    return own.getUrl().equals(form.getUrl()) && own.getVersion().equals(form.getVersion());
  }

  private static ResourceNotFoundException nothing(Questionnaire form, PopulateRequest request) {
    return new ResourceNotFoundException(
        "Nothing asks %s|%s of Patient/%s now: see Task?patient=%s&status=ready,in-progress."
            .formatted(form.getUrl(), form.getVersion(), request.patientId(), request.patientId()));
  }

  /**
   * @param name of what puts it
   */
  private record Put(String name, Supplier<Prefilled> first) {}
}
