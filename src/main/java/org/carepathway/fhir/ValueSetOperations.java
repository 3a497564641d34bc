package org.carepathway.fhir;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * {@code ValueSet/$expand} and {@code $validate-code}: the options of choice questions for clients
 * that know only FHIR. From what content was loaded, without an index for full text.
 */
@Component
class ValueSetOperations implements FhirOperations {

  private final Conformance conformance;
  private final IRepository repository;

  ValueSetOperations(Conformance conformance, @Lazy IRepository repository) {
    this.conformance = conformance;
    this.repository = repository;
  }

  /**
   * @param url canonical, with or without version
   * @param filter part of a display or code, in any case
   * @throws ResourceNotFoundException (404) when no such value set is here
   */
  @Operation(name = "$expand", type = ValueSet.class, idempotent = true)
  public ValueSet expand(
      @OperationParam(name = "url", min = 0, max = 1) UriType url,
      @OperationParam(name = "filter", min = 0, max = 1) StringType filter,
      @OperationParam(name = "offset", min = 0, max = 1) IntegerType offset,
      @OperationParam(name = "count", min = 0, max = 1) IntegerType count) {
    return new Expansion(conformance.expanded(known(url))).page(filter, offset, count);
  }

  @Operation(name = "$expand", type = ValueSet.class, idempotent = true)
  public ValueSet expandOne(
      @IdParam IdType id,
      @OperationParam(name = "filter", min = 0, max = 1) StringType filter,
      @OperationParam(name = "offset", min = 0, max = 1) IntegerType offset,
      @OperationParam(name = "count", min = 0, max = 1) IntegerType count) {
    return new Expansion(conformance.expanded(stored(id))).page(filter, offset, count);
  }

  @Operation(name = "$validate-code", type = ValueSet.class, idempotent = true)
  public Parameters validate(
      @OperationParam(name = "url", min = 0, max = 1) UriType url,
      @OperationParam(name = "system", min = 0, max = 1) UriType system,
      @OperationParam(name = "code", min = 0, max = 1) CodeType code,
      @OperationParam(name = "coding", min = 0, max = 1) Coding coding) {
    return validate(known(url), system, code, coding);
  }

  @Operation(name = "$validate-code", type = ValueSet.class, idempotent = true)
  public Parameters validateOne(
      @IdParam IdType id,
      @OperationParam(name = "system", min = 0, max = 1) UriType system,
      @OperationParam(name = "code", min = 0, max = 1) CodeType code,
      @OperationParam(name = "coding", min = 0, max = 1) Coding coding) {
    return validate(stored(id), system, code, coding);
  }

  private Parameters validate(ValueSet valueSet, UriType system, CodeType code, Coding coding) {
    Coding asked =
        coding != null
            ? coding
            : new Coding()
                .setSystem(system == null ? null : system.getValue())
                .setCode(code == null ? null : code.getValue());
    if (!asked.hasCode() || !asked.hasSystem()) {
      throw new InvalidRequestException("Send 'system' and 'code', or a 'coding' with both.");
    }
    Parameters answer = new Parameters();
    Optional<ValueSetExpansionContainsComponent> found =
        conformance.expanded(valueSet).getExpansion().getContains().stream()
            .filter(one -> one.getSystem().equals(asked.getSystem()))
            .filter(one -> one.getCode().equals(asked.getCode()))
            .findFirst();
    answer.addParameter("result", found.isPresent());
    found.ifPresentOrElse(
        one -> answer.addParameter("display", one.getDisplay()),
        () ->
            answer.addParameter(
                "message",
                "%s|%s is not in %s."
                    .formatted(asked.getSystem(), asked.getCode(), valueSet.getUrl())));
    return answer;
  }

  private ValueSet known(UriType url) {
    if (url == null || url.isEmpty()) {
      throw new InvalidRequestException("Name the value set in the parameter 'url'.");
    }
    String[] canonical = url.getValue().split("[|]", 2);
    return conformance
        .valueSet(canonical[0])
        .filter(found -> canonical.length == 1 || canonical[1].equals(found.getVersion()))
        .orElseThrow(
            () -> new ResourceNotFoundException("No value set " + url.getValue() + " is here."));
  }

  private ValueSet stored(IdType id) {
    return repository.read(ValueSet.class, id.toUnqualifiedVersionless());
  }
}
