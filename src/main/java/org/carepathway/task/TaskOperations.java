package org.carepathway.task;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.OptionalInt;
import java.util.UUID;
import org.carepathway.answers.Given;
import org.carepathway.fhir.FhirOperations;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Task;
import org.springframework.stereotype.Component;

/**
 * What systems do with a Task at {@code /fhir}: {@code $claim}, {@code $release}, {@code $populate}
 * and {@code $complete} (with {@code confirm} once its warnings were seen). {@code If-Match} with
 * the Task's version is honoured (412).
 */
@Component
class TaskOperations implements FhirOperations {

  private final Worklist worklist;
  private final Completion completion;
  private final IRepository repository;

  TaskOperations(Worklist worklist, Completion completion, IRepository repository) {
    this.worklist = worklist;
    this.completion = completion;
    this.repository = repository;
  }

  @Operation(name = "$claim", type = Task.class)
  public Task claim(@IdParam IdType id, ServletRequestDetails request) {
    return task(worklist.claim(key(id), version(request)));
  }

  @Operation(name = "$release", type = Task.class)
  public Task release(@IdParam IdType id, ServletRequestDetails request) {
    return task(worklist.release(key(id), version(request)));
  }

  @Operation(name = "$populate", type = Task.class, idempotent = true)
  public QuestionnaireResponse populate(@IdParam IdType id) {
    return completion.first(key(id)).answers();
  }

  @Operation(name = "$complete", type = Task.class)
  public Task complete(
      @IdParam IdType id,
      @OperationParam(name = "response", min = 0, max = 1) QuestionnaireResponse response,
      @OperationParam(name = "confirm", min = 0, max = 1) BooleanType confirm,
      ServletRequestDetails request) {
    if (response == null) {
      throw new InvalidRequestException(
          "Send Parameters with the parameter 'response', a QuestionnaireResponse.");
    }
    return task(
        completion.complete(key(id), Given.of(response, isTrue(confirm)), version(request)));
  }

  private static boolean isTrue(BooleanType confirm) {
    return confirm != null && confirm.booleanValue();
  }

  private Task task(WorkItem item) {
    return repository.read(Task.class, new IdType("Task", item.id().toString()));
  }

  private static UUID key(IdType id) {
    try {
      return UUID.fromString(id.getIdPart());
    } catch (IllegalArgumentException e) {
      throw new ResourceNotFoundException("There is no task " + id.getIdPart() + ".");
    }
  }

  private static OptionalInt version(ServletRequestDetails request) {
    String match = request.getHeader(Constants.HEADER_IF_MATCH);
    if (match == null) {
      return OptionalInt.empty();
    }
    String digits = match.replaceAll("^(W/)?\"|\"$", "");
    try {
      return OptionalInt.of(Integer.parseInt(digits));
    } catch (NumberFormatException e) {
      throw new InvalidRequestException("If-Match must be a version such as W/\"1\".");
    }
  }
}
