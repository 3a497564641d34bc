package org.carepathway.patient;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Makes patients found that were stored before there was a search. */
@Component
class EarlierPatients implements ApplicationRunner {

  private static final Logger LOG = LoggerFactory.getLogger(EarlierPatients.class);
  private static final int BATCH = 500;

  private final PatientRows rows;
  private final IRepository repository;

  EarlierPatients(PatientRows rows, IRepository repository) {
    this.rows = rows;
    this.repository = repository;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    String last = "";
    for (List<String> ids = rows.missing(last, BATCH);
        !ids.isEmpty();
        ids = rows.missing(last, BATCH)) {
      ids.forEach(this::add);
      last = ids.get(ids.size() - 1);
    }
  }

  private void add(String id) {
    try {
      rows.putIfMissing(repository.read(Patient.class, new IdType("Patient", id)));
    } catch (ResourceNotFoundException | ResourceGoneException gone) {
      LOG.info("Patient/{} is there no more: it is not searched for", id);
    }
  }
}
