package org.carepathway.compartment;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.carepathway.fhir.FhirOperations;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;

/**
 * {@code Patient/<id>/$everything}: the Patient and all that is about them and in sight, page by
 * page, with what it refers to that is no patient's.
 *
 * @see <a href="https://hl7.org/fhir/R4/operation-patient-everything.html">R4, everything</a>
 */
@Component
class EverythingOperation implements FhirOperations {

  private static final int USUAL = 100;
  private static final int MOST = 500;

  private final Everything everything;

  EverythingOperation(Everything everything) {
    this.everything = everything;
  }

  /**
   * @param since only what was stored or changed since then
   * @param types names of resource types, also several with commas
   * @param count resources on a page, 500 at most
   * @param after the last one of the page before, as the link to the next page has it
   */
  @Operation(name = "$everything", type = Patient.class, idempotent = true)
  public Bundle everything(
      @IdParam IdType id,
      @OperationParam(name = "_since", min = 0, max = 1) DateTimeType since,
      @OperationParam(name = "_type", min = 0) List<StringType> types,
      @OperationParam(name = "_count", min = 0, max = 1) IntegerType count,
      @OperationParam(name = "_after", min = 0, max = 1) StringType after,
      ServletRequestDetails request) {
    Asked asked =
        new Asked(
            known(types),
            since == null ? null : since.getValue(),
            after == null ? null : place(after.getValue()),
            Math.min(MOST, number(count)));
    return everything.about(id.getIdPart(), asked, request.getFhirServerBase());
  }

  /** Empty for all. */
  private SortedSet<String> known(List<StringType> types) {
    SortedSet<String> names = new TreeSet<>();
    Stream.ofNullable(types)
        .flatMap(List::stream)
        .map(StringType::getValue)
        .filter(Objects::nonNull)
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .forEach(names::add);
    names.stream()
        .filter(type -> !everything.types().contains(type))
        .findFirst()
        .ifPresent(
            type -> {
              throw unknown(type);
            });
    return names;
  }

  private BaseServerResponseException unknown(String type) {
    return new InvalidRequestException(
        "'%s' in _type is no type of a patient's record here: these are %s."
            .formatted(type, String.join(", ", everything.types())));
  }

  private IIdType place(String after) {
    IdType id = new IdType(after);
    if (!id.hasIdPart()
        || !id.hasResourceType()
        || !everything.types().contains(id.getResourceType())) {
      throw new InvalidRequestException(
          "'_after' is no place in a record: follow the link 'next' of the page before.");
    }
    return id.toUnqualifiedVersionless();
  }

  private static int number(IntegerType count) {
    if (count == null || count.getValue() == null) {
      return USUAL;
    }
    if (count.getValue() <= 0) {
      throw new InvalidRequestException("'_count' must be a number above zero.");
    }
    return count.getValue();
  }
}
