package org.carepathway.populate;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Optional;
import org.carepathway.fhir.FhirOperations;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.UriType;
import org.springframework.stereotype.Component;

/**
 * {@code Questionnaire/$populate} of SDC 3.0 beside {@code Task/$populate}, with the same answers
 * and rights, and {@code $questionnaire-package}.
 *
 * @see <a href="http://hl7.org/fhir/uv/sdc/OperationDefinition/Questionnaire-populate">SDC,
 *     populate</a>
 */
@Component
class QuestionnaireOperations implements FhirOperations {

  private final Forms forms;
  private final PutQuestions questions;
  private final FormPackage packages;
  private final IRepository repository;

  QuestionnaireOperations(
      Forms forms, PutQuestions questions, FormPackage packages, IRepository repository) {
    this.forms = forms;
    this.questions = questions;
    this.packages = packages;
    this.repository = repository;
  }

  @Operation(name = "$populate", type = Questionnaire.class)
  public Parameters populate(@ResourceParam Parameters sent) {
    PopulateRequest request = PopulateRequest.of(sent);
    return populated(forms.named(request), request);
  }

  @Operation(name = "$populate", type = Questionnaire.class)
  public Parameters populateOne(@IdParam IdType id, @ResourceParam Parameters sent) {
    return populated(forms.stored(id), PopulateRequest.of(sent));
  }

  /** The form and the value sets of its questions, expanded: all that it takes to show it. */
  @Operation(name = "$questionnaire-package", type = Questionnaire.class, idempotent = true)
  public Bundle packageOf(
      @OperationParam(name = "canonical", min = 0, max = 1) UriType canonical,
      @OperationParam(name = "url", min = 0, max = 1) UriType url) {
    UriType named =
        Optional.ofNullable(canonical)
            .or(() -> Optional.ofNullable(url))
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "Name the Questionnaire in the parameter 'canonical'."));
    return packages.of(forms.canonical(named.getValue()));
  }

  @Operation(name = "$questionnaire-package", type = Questionnaire.class, idempotent = true)
  public Bundle packageOfOne(@IdParam IdType id) {
    return packages.of(repository.read(Questionnaire.class, id.toUnqualifiedVersionless()));
  }

  private Parameters populated(Questionnaire form, PopulateRequest request) {
    Parameters answer = new Parameters();
    answer.addParameter().setName("response").setResource(questions.first(form, request).answers());
    return answer;
  }
}
