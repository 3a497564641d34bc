package org.carepathway.populate;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The parameters of {@code $populate}, as SDC 3.0 has them.
 *
 * @param patientId of the subject
 * @param task the Task in a context, by which one of several is meant; null for none
 * @param plan the CarePlan in a context; null for none
 */
record PopulateRequest(Parameters sent, String patientId, IdType task, IdType plan) {

  private static final List<String> CONTEXTS = List.of("context", "launchContext");
  private static final List<String> TAKEN =
      List.of(
          "subject",
          "canonical",
          "questionnaire",
          "questionnaireRef",
          "context",
          "launchContext",
          "local");

  /**
   * @throws InvalidRequestException (400) when it names no patient, or asks for what is not done
   */
  static PopulateRequest of(Parameters sent) {
    sent.getParameter().stream()
        .map(ParametersParameterComponent::getName)
        .filter(name -> !TAKEN.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new InvalidRequestException(
                  "'%s' is not taken with $populate; taken are %s."
                      .formatted(name, String.join(", ", TAKEN)));
            });
    IdType subject =
        Stream.of("subject")
            .flatMap(name -> all(sent, name))
            .flatMap(parameter -> reference(parameter).stream())
            .findFirst()
            .orElseGet(
                () ->
                    inContext(sent, "Patient")
                        .orElseThrow(
                            () ->
                                new InvalidRequestException(
                                    "Name the patient in the parameter 'subject', a Reference such as Patient/<id>.")));
    if (!"Patient".equals(subject.getResourceType()) || !subject.hasIdPart()) {
      throw new InvalidRequestException("'subject' must be a reference such as Patient/<id>.");
    }
    return new PopulateRequest(
        sent,
        subject.getIdPart(),
        inContext(sent, "Task").orElse(null),
        inContext(sent, "CarePlan").orElse(null));
  }

  /** The canonical that is asked for; empty where it is named otherwise. */
  Optional<String> canonical() {
    Stream<String> named =
        all(sent, "canonical")
            .map(ParametersParameterComponent::getValue)
            .filter(value -> value != null && value.isPrimitive())
            .map(value -> value.primitiveValue());
    Stream<String> whole =
        all(sent, "questionnaire")
            .map(ParametersParameterComponent::getResource)
            .filter(Questionnaire.class::isInstance)
            .map(Questionnaire.class::cast)
            .filter(Questionnaire::hasUrl)
            .map(
                form ->
                    form.hasVersion() ? form.getUrl() + '|' + form.getVersion() : form.getUrl());
    return Stream.concat(named, whole).findFirst();
  }

  /** The stored form that is asked for. */
  Optional<IdType> form() {
    return all(sent, "questionnaireRef")
        .flatMap(parameter -> reference(parameter).stream())
        .findFirst();
  }

  private static Optional<IdType> inContext(Parameters sent, String type) {
    return CONTEXTS.stream()
        .flatMap(name -> all(sent, name))
        .flatMap(context -> context.getPart().stream())
        .filter(part -> "content".equals(part.getName()))
        .flatMap(part -> reference(part).stream())
        .filter(id -> type.equals(id.getResourceType()))
        .findFirst();
  }

  private static Optional<IdType> reference(ParametersParameterComponent parameter) {
    Resource whole = parameter.getResource();
    if (whole != null && whole.getIdElement().hasIdPart()) {
      return Optional.of(new IdType(whole.fhirType(), whole.getIdElement().getIdPart()));
    }
    return parameter.getValue() instanceof Reference reference && reference.hasReference()
        ? Optional.of(new IdType(reference.getReference()))
        : Optional.empty();
  }

  private static Stream<ParametersParameterComponent> all(Parameters sent, String name) {
    return sent == null
        ? Stream.empty()
        : sent.getParameter().stream().filter(parameter -> name.equals(parameter.getName()));
  }
}
