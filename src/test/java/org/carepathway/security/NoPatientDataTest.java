package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Neither the log nor the address of a page says anything of a patient but ids. */
class NoPatientDataTest extends RunningService {

  private static final Pattern ADDRESS =
      Pattern.compile("(?:href|src|action|hx-[a-z]+|formaction)=\"([^\"]*)\"");

  @Autowired private Pathways pathways;

  @Test
  void logsAndAddressesNameNobody() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    log.start();
    root.addAppender(log);
    List<String> addresses = new ArrayList<>();
    Set<String> secrets;
    try {
      FhirClient fhir = new FhirClient(port());
      String id = fhir.sendPatient("turcotte-jeannetta.json");
      secrets = of(fhir.as("coordinator").read().resource(Patient.class).withId(id).execute());
      String referral = fhir.refer(id).getIdElement().getIdPart();
      UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
      String task = fhir.openTasks(referral).get(0).getIdElement().getIdPart();
      Caller caller = new Caller(port(), "referrer").signIn();
      Stream.of("/worklist?scope=everyone", "/pathways", "/pathways/" + pathway, "/tasks/" + task)
          .forEach(path -> visit(caller, path, addresses));
      // What goes wrong is logged too, and must not quote what it is about.
      caller.fhir("POST", "Patient", "{\"resourceType\":\"Patient\",\"name\":\"" + secrets + "\"}");
      caller.fhir("POST", "Observation", "{ broken " + secrets);
      caller.post("/tasks/" + task, Map.of("nothing", "x"));
      Caller south = new Caller(port(), "south").signIn();
      HttpResponse<String> opened =
          south.post("/break-glass", Map.of("number", id, "reason", "An emergency"));
      addresses.add(opened.headers().firstValue("Location").orElseThrow());
    } finally {
      root.detachAppender(log);
    }
    assertThat(secrets).hasSizeGreaterThan(3);
    assertThat(addresses).hasSizeGreaterThan(10);
    for (String secret : secrets) {
      assertThat(addresses).noneMatch(address -> address.contains(secret));
      assertThat(log.list)
          .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
          .map(ILoggingEvent::getFormattedMessage)
          .noneMatch(message -> message.contains(secret));
    }
  }

  private static void visit(Caller caller, String path, List<String> addresses) {
    try {
      HttpResponse<String> page = caller.page(path);
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      addresses.addAll(ADDRESS.matcher(page.body()).results().map(m -> m.group(1)).toList());
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> of(Patient patient) {
    Set<String> secrets = new TreeSet<>();
    secrets.add(patient.getNameFirstRep().getFamily());
    patient.getNameFirstRep().getGiven().forEach(given -> secrets.add(given.getValue()));
    secrets.add(patient.getBirthDateElement().getValueAsString());
    patient.getIdentifier().stream().map(Identifier::getValue).forEach(secrets::add);
    secrets.remove(patient.getIdElement().getIdPart());
    return secrets;
  }
}
