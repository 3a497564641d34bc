package org.carepathway.incoming;

import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.TokenParam;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.Multimap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.carepathway.fact.Kinds;
import org.carepathway.fhir.Numbers;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/**
 * Finds who a message is about. Only the number decides; whose other numbers, or name, sex and date
 * of birth are the same may be the same person, which a person says.
 */
@Component
public class PatientMatch {

  private final IRepository repository;

  PatientMatch(IRepository repository) {
    this.repository = repository;
  }

  /** Those with this number; more than one is a fault of the record. */
  public List<Patient> byNumber(Identifier number) {
    return search("identifier", new TokenParam(number.getSystem(), number.getValue()));
  }

  /**
   * Who a patient of an EHR is here: by their numbers, and by nothing else.
   *
   * @param system of the numbers that count; null for any
   * @return the id of the Patient here; empty where nobody has one of the numbers, or several have
   */
  public Optional<String> known(Patient there, String system) {
    Set<String> found =
        there.getIdentifier().stream()
            .filter(Numbers::isWhole)
            .filter(number -> number.getUse() != Identifier.IdentifierUse.OLD)
            .filter(number -> system == null || system.equals(number.getSystem()))
            .flatMap(number -> byNumber(number).stream())
            .map(patient -> patient.getIdElement().getIdPart())
            .collect(Collectors.toSet());
    return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
  }

  /** Those who may be the same person under another number. */
  public List<Patient> alike(Patient said) {
    List<Patient> byOtherNumber =
        said.getIdentifier().stream()
            .filter(Numbers::isWhole)
            .flatMap(number -> byNumber(number).stream())
            .toList();
    if (!byOtherNumber.isEmpty() || !said.hasBirthDate() || !said.hasName()) {
      return byOtherNumber;
    }
    return search("birthdate", new DateParam(said.getBirthDateElement().getValueAsString()))
        .stream()
        .filter(
            known ->
                !said.hasGender() || !known.hasGender() || said.getGender() == known.getGender())
        .filter(isNamedAs(said))
        .toList();
  }

  private static Predicate<Patient> isNamedAs(Patient said) {
    return known ->
        said.getName().stream()
            .map(PatientMatch::plain)
            .anyMatch(
                name -> known.getName().stream().map(PatientMatch::plain).anyMatch(name::equals));
  }

  private static String plain(HumanName name) {
    String given = name.hasGiven() ? name.getGiven().get(0).getValue() : "";
    return Kinds.plain(name.getFamily() + ' ' + given);
  }

  private List<Patient> search(String parameter, IQueryParameterType value) {
    Multimap<String, List<IQueryParameterType>> query = ArrayListMultimap.create();
    query.put(parameter, List.of(value));
    Bundle found = repository.search(Bundle.class, Patient.class, query, Map.of());
    return found.getEntry().stream()
        .map(entry -> (Patient) entry.getResource())
        .filter(patient -> !patient.hasActive() || patient.getActive())
        .toList();
  }
}
