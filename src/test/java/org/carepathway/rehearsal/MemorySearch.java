package org.carepathway.rehearsal;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.fhirpath.IFhirPath;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.ParamPrefixEnum;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import com.google.common.collect.Multimap;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * As much of FHIR search as the forms' queries use: reference and token parameters, dates from one
 * on, _id, _sort by a date and _count. Whatever else is asked for is an error, never ignored.
 */
final class MemorySearch {

  private final FhirContext fhir;
  private final IFhirPath paths;

  MemorySearch(FhirContext fhir) {
    this.fhir = fhir;
    this.paths = fhir.newFhirPath();
  }

  List<Resource> run(
      Stream<Resource> candidates, Multimap<String, List<IQueryParameterType>> parameters) {
    Stream<Resource> found =
        candidates.filter(
            resource ->
                parameters.entries().stream()
                    .filter(entry -> !List.of("_sort", "_count").contains(entry.getKey()))
                    .allMatch(entry -> matches(resource, entry)));
    for (List<IQueryParameterType> sort : parameters.get("_sort")) {
      found = found.sorted(by(text(sort)));
    }
    for (List<IQueryParameterType> count : parameters.get("_count")) {
      found = found.limit(Long.parseLong(text(count)));
    }
    return found.toList();
  }

  private boolean matches(
      Resource resource, Map.Entry<String, List<IQueryParameterType>> parameter) {
    List<IBase> values =
        switch (parameter.getKey()) {
          case "_id" -> List.of(resource.getIdElement());
          case "_tag" -> List.copyOf(resource.getMeta().getTag());
          default -> values(resource, parameter.getKey());
        };
    return parameter.getValue().stream()
        .anyMatch(wanted -> values.stream().anyMatch(value -> matches(value, wanted)));
  }

  private static boolean matches(IBase value, IQueryParameterType wanted) {
    if (wanted instanceof ReferenceParam reference && value instanceof Reference own) {
      return new IdType(own.getReference()).getIdPart().equals(reference.getIdPart());
    }
    if (wanted instanceof TokenParam token && token.getModifier() == null) {
      if (value instanceof CodeableConcept concept) {
        return concept.getCoding().stream().anyMatch(coding -> matches(coding, token));
      }
      if (value instanceof Coding coding) {
        return token.getValue().equals(coding.getCode())
            && (token.getSystem() == null || token.getSystem().equals(coding.getSystem()));
      }
      return value instanceof IdType id
          ? id.getIdPart().equals(token.getValue())
          : value instanceof org.hl7.fhir.r4.model.PrimitiveType<?> code
              && token.getValue().equals(code.getValueAsString());
    }
    if (wanted instanceof DateParam date && value instanceof BaseDateTimeType own) {
      if (date.getPrefix() != ParamPrefixEnum.GREATERTHAN_OR_EQUALS) {
        throw new UnsupportedOperationException("search for a date by " + date.getPrefix());
      }
      return !own.getValue().before(date.getValue());
    }
    throw new UnsupportedOperationException("search for " + wanted + " in " + value.getClass());
  }

  private Comparator<Resource> by(String sort) {
    boolean down = sort.startsWith("-");
    Comparator<Resource> byDate =
        Comparator.comparing(resource -> date(resource, down ? sort.substring(1) : sort));
    return down ? byDate.reversed() : byDate;
  }

  private Long date(Resource resource, String parameter) {
    return values(resource, parameter).stream()
        .filter(BaseDateTimeType.class::isInstance)
        .map(value -> ((BaseDateTimeType) value).getValue().getTime())
        .findFirst()
        .orElse(Long.MIN_VALUE);
  }

  private List<IBase> values(Resource resource, String parameter) {
    return fhir
        .getResourceDefinition(resource)
        .getSearchParam(parameter)
        .getPathsSplitForResourceType(resource.fhirType())
        .stream()
        .map(path -> path.replaceAll("\\.where\\(resolve\\(\\) is \\w+\\)", ""))
        .flatMap(path -> paths.evaluate(resource, path, IBase.class).stream())
        .toList();
  }

  private static String text(List<IQueryParameterType> values) {
    return values.get(0).getValueAsQueryToken();
  }
}
