package org.carepathway.pathway;

import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.util.UrlUtil;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.Multimap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** Finds a patient by what people have at hand: the medical record number. */
@Component
public class PatientNumbers {

  private final IRepository repository;

  PatientNumbers(IRepository repository) {
    this.repository = repository;
  }

  /**
   * The id of the one Patient with this identifier, or this id; empty where there is none, or more
   * than one. Whether who is signed in may see them is not asked.
   */
  public Optional<String> find(String number) {
    return one(new TokenParam(null, number)).or(() -> byId(number));
  }

  /**
   * The id of the one Patient that a reference finds by its identifier.
   *
   * @param reference {@code Patient?identifier=system|value}
   */
  Optional<String> byCondition(String reference) {
    String token = UrlUtil.unescape(reference.replaceFirst("^[^=]*=", ""));
    int bar = token.indexOf('|');
    return one(
        bar < 0
            ? new TokenParam(null, token)
            : new TokenParam(token.substring(0, bar), token.substring(bar + 1)));
  }

  private Optional<String> one(TokenParam identifier) {
    Multimap<String, List<IQueryParameterType>> query = ArrayListMultimap.create();
    query.put("identifier", List.of(identifier));
    Bundle found = repository.search(Bundle.class, Patient.class, query, Map.of());
    return found.getEntry().size() == 1
        ? Optional.of(found.getEntryFirstRep().getResource().getIdElement().getIdPart())
        : Optional.empty();
  }

  private Optional<String> byId(String id) {
    if (!id.matches("[A-Za-z0-9.-]{1,64}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(repository.read(Patient.class, new IdType("Patient", id)).getIdPart());
    } catch (BaseServerResponseException unknown) {
      return Optional.empty();
    }
  }
}
