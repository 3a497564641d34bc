package org.carepathway.page;

import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Reads any resource as a {@link Fact}: knows the names that FHIR uses again and again for when,
 * what and how much, and no resource type.
 */
@Component
public class Facts {

  private static final List<String> WHEN =
      names(
          "effective[x] performed[x] occurrence[x] occurrenceDateTime authoredOn authored sent"
              + " recorded recordedDate onset[x] dateTime date dateAsserted period start start[x]"
              + " created issued");
  private static final List<String> WHAT =
      names(
          "code medication[x] title questionnaire module[x] activity type serviceType description"
              + " class category name");
  private static final List<String> VALUE =
      names(
          "value[x] component conclusion outputParameters payload dosage dosageInstruction bodySite"
              + " agent");
  private static final List<String> STATUS = names("status clinicalStatus lifecycleStatus");

  private final PlainText text;

  Facts(Dates dates, Texts texts) {
    this.text = new PlainText(dates, texts);
  }

  /** The newest first; of two at the same time, the one written last. */
  public List<Fact> of(List<Resource> written) {
    return IntStream.rangeClosed(1, written.size())
        .mapToObj(back -> of(written.get(written.size() - back)))
        .sorted(Comparator.comparing(Fact::at, Comparator.reverseOrder()))
        .toList();
  }

  /** The same with the resource that each was read from. */
  public Map<Fact, Resource> withResources(List<Resource> written) {
    Map<Fact, Resource> found = new LinkedHashMap<>();
    written.stream()
        .map(resource -> Map.entry(of(resource), resource))
        .sorted(Comparator.comparing((Map.Entry<Fact, Resource> e) -> e.getKey().at()).reversed())
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  private Fact of(Resource resource) {
    BaseDateTimeType when =
        values(resource, WHEN)
            .flatMap(Facts::moment)
            .findFirst()
            .orElse(resource.getMeta().getLastUpdatedElement());
    return new Fact(
        Optional.ofNullable(when.getValue()).orElse(new Date(0)),
        text.of(when),
        resource.fhirType(),
        resource.getIdElement().getIdPart(),
        StringUtils.capitalize(first(resource, WHAT)),
        String.join(", ", texts(resource, VALUE).toList()),
        values(resource, STATUS).map(Facts::code).findFirst().orElse(""));
  }

  /** Pages have words for codes of a status. */
  private static String code(Base status) {
    return status instanceof CodeableConcept concept
        ? concept.getCodingFirstRep().getCode()
        : status.primitiveValue();
  }

  private static List<String> names(String spaced) {
    return List.of(spaced.split(" "));
  }

  private String first(Resource resource, List<String> names) {
    return texts(resource, names).findFirst().orElse("");
  }

  /** One text for each of these properties that says something. */
  private Stream<String> texts(Resource resource, List<String> names) {
    return names.stream()
        .map(resource::getNamedProperty)
        .filter(Objects::nonNull)
        .map(property -> text.all(contained(resource, property.getValues())))
        .filter(said -> !said.isBlank());
  }

  private static Stream<Base> values(Resource resource, List<String> names) {
    return names.stream()
        .map(resource::getNamedProperty)
        .filter(Objects::nonNull)
        .map(Property::getValues)
        .flatMap(List::stream);
  }

  private static Stream<BaseDateTimeType> moment(Base value) {
    Base start = value instanceof Period period ? period.getStartElement() : value;
    return start instanceof BaseDateTimeType date && date.hasValue()
        ? Stream.of(date)
        : Stream.empty();
  }

  /**
   * What Parameters inside the resource say is shown in place of the reference to them; their names
   * are for systems.
   */
  private static List<? extends Base> contained(Resource resource, List<Base> values) {
    return values.size() == 1
            && values.get(0) instanceof Reference reference
            && resource instanceof DomainResource domain
            && domain.getContained(reference.getReference()) instanceof Parameters parameters
        ? parameters.getParameter().stream()
            .filter(ParametersParameterComponent::hasValue)
            .map(ParametersParameterComponent::getValue)
            .toList()
        : values;
  }
}
