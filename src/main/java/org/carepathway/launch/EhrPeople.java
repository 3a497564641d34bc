package org.carepathway.launch;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.carepathway.incoming.PatientMatch;
import org.carepathway.launch.LaunchRefusal.Why;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** Reads in the EHR who its user and its patient are, and finds who that is here. */
@Component
class EhrPeople {

  private static final String ID = "[A-Za-z0-9.-]{1,64}";

  private final PatientMatch match;

  EhrPeople(PatientMatch match) {
    this.match = match;
  }

  /**
   * @param user as {@link LaunchingEhr#user} gives it
   * @return sign-in name here
   * @throws LaunchRefusal where the EHR gives the user none, or several
   */
  String name(LaunchingEhr ehr, String user, String token) {
    JsonNode practitioner = ehr.access().get(ehr.iss(), user, token);
    if (user.startsWith("PractitionerRole/")) {
      String person = practitioner.at("/practitioner/reference").asText();
      if (!person.matches("Practitioner/" + ID)) {
        throw new LaunchRefusal(Why.NO_USER);
      }
      practitioner = ehr.access().get(ehr.iss(), person, token);
    }
    if (!practitioner.path("resourceType").asText().equals("Practitioner")
        || !practitioner.path("active").asBoolean(true)) {
      throw new LaunchRefusal(Why.NO_USER);
    }
    Set<String> names =
        StreamSupport.stream(practitioner.path("identifier").spliterator(), false)
            .filter(number -> number.path("system").asText().equals(ehr.settings().users()))
            .map(number -> number.path("value").asText())
            .filter(name -> !name.isBlank())
            .collect(Collectors.toSet());
    if (names.size() != 1) {
      throw new LaunchRefusal(Why.UNKNOWN_USER);
    }
    return names.iterator().next();
  }

  /**
   * @param id of the Patient in the EHR
   * @return id of the Patient here; empty where nobody has one of their numbers, or several have
   */
  Optional<String> patient(LaunchingEhr ehr, String id, String token) {
    if (!id.matches(ID)) {
      throw new LaunchRefusal(Why.UNCLEAR);
    }
    JsonNode read = ehr.access().get(ehr.iss(), "Patient/" + id, token);
    if (!read.path("id").asText().equals(id)) {
      throw new LaunchRefusal(Why.UNCLEAR);
    }
    try {
      return match.known(
          FhirContext.forR4Cached().newJsonParser().parseResource(Patient.class, read.toString()),
          ehr.settings().patients());
    } catch (DataFormatException unclear) {
      throw new LaunchRefusal(Why.UNCLEAR, unclear);
    }
  }
}
