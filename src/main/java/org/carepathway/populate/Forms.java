package org.carepathway.populate;

import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.UriParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.Multimap;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.springframework.stereotype.Component;

/** Finds the form that is asked for. */
@Component
class Forms {

  private final IRepository repository;

  Forms(IRepository repository) {
    this.repository = repository;
  }

  Questionnaire named(PopulateRequest request) {
    return request
        .form()
        .map(this::stored)
        .or(() -> request.canonical().map(this::canonical))
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "Name the Questionnaire: 'canonical', its url with or without |version, or 'questionnaireRef', a reference such as Questionnaire/<id>."));
  }

  Questionnaire stored(IdType id) {
    return repository.read(Questionnaire.class, new IdType("Questionnaire", id.getIdPart()));
  }

  /**
   * @param canonical with version; without one the newest is meant
   */
  Questionnaire canonical(String canonical) {
    String[] parts = canonical.split("[|]", 2);
    Multimap<String, List<IQueryParameterType>> query = ArrayListMultimap.create();
    query.put("url", List.of(new UriParam(parts[0])));
    if (parts.length > 1) {
      query.put("version", List.of(new TokenParam(parts[1])));
    }
    return repository.search(Bundle.class, Questionnaire.class, query, Map.of()).getEntry().stream()
        .map(entry -> (Questionnaire) entry.getResource())
        .max(Comparator.comparing(form -> form.getMeta().getLastUpdated()))
        .orElseThrow(
            () -> new ResourceNotFoundException("No Questionnaire " + canonical + " is here."));
  }
}
