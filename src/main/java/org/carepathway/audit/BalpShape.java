package org.carepathway.audit;

import ca.uhn.fhir.storage.interceptor.balp.BalpProfileEnum;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;

/**
 * An entry as a FHIR AuditEvent in the shape of IHE Basic Audit Log Patterns: the client, the
 * server and the person as agents; patients, resources and query as entities. One event holds all
 * that one request or step touched.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/">IHE BALP</a>
 */
final class BalpShape {

  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String ENTITY_TYPE =
      "http://terminology.hl7.org/CodeSystem/audit-entity-type";
  private static final String OBJECT_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
  private static final String SERVICE = "Care pathway service";

  private BalpShape() {}

  static AuditEvent of(AuditEntry entry) {
    AuditEvent event = new AuditEvent();
    event.setId(entry.id().toString());
    profile(entry).forEach(profile -> event.getMeta().addProfile(profile.getProfileUrl()));
    event.setType(entry.kind().type());
    event.addSubtype(entry.kind().subtype());
    event.setAction(entry.kind().action());
    event.setRecorded(Date.from(entry.at()));
    event.setOutcome(entry.succeeded() ? AuditEventOutcome._0 : AuditEventOutcome._4);
    event.addAgent(client(entry));
    event.addAgent(agent("110152", "Destination Role ID", SERVICE).setRequestor(false));
    event.addAgent(person(entry));
    event.getSource().setObserver(new Reference().setDisplay(SERVICE));
    if (entry.emergency()) {
      event
          .addPurposeOfEvent()
          .addCoding()
          .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActReason")
          .setCode("BTG")
          .setDisplay("break the glass");
    }
    entry.patients().forEach(id -> entity(event, "Patient/" + id, "1", "Person", "1", "Patient"));
    entry
        .resources()
        .forEach(what -> entity(event, what, "2", "System Object", "4", "Domain Resource"));
    query(event, entry);
    return event;
  }

  private static Stream<BalpProfileEnum> profile(AuditEntry entry) {
    boolean patient = !entry.patients().isEmpty();
    return switch (entry.kind()) {
      case READ -> Stream.of(patient ? BalpProfileEnum.PATIENT_READ : BalpProfileEnum.BASIC_READ);
      case SEARCH ->
          Stream.of(patient ? BalpProfileEnum.PATIENT_QUERY : BalpProfileEnum.BASIC_QUERY);
      case WRITE ->
          Stream.of(patient ? BalpProfileEnum.PATIENT_UPDATE : BalpProfileEnum.BASIC_UPDATE);
      default -> Stream.empty();
    };
  }

  private static AuditEventAgentComponent client(AuditEntry entry) {
    AuditEventAgentComponent client =
        agent("110153", "Source Role ID", entry.address()).setRequestor(false);
    client.getNetwork().setAddress(entry.address()).setType(AuditEventAgentNetworkType._2);
    return client;
  }

  private static AuditEventAgentComponent person(AuditEntry entry) {
    AuditEventAgentComponent person = new AuditEventAgentComponent();
    person
        .getType()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ParticipationType")
        .setCode("IRCP")
        .setDisplay("information recipient");
    person.getWho().setDisplay(entry.display());
    person
        .getWho()
        .getIdentifier()
        .setSystem("https://carepathway.org/fhir/user")
        .setValue(entry.who());
    return person.setRequestor(true);
  }

  private static AuditEventAgentComponent agent(String code, String text, String display) {
    AuditEventAgentComponent agent = new AuditEventAgentComponent();
    agent.getType().addCoding().setSystem(DICOM).setCode(code).setDisplay(text);
    agent.getWho().setDisplay(display);
    return agent;
  }

  private static void entity(
      AuditEvent event, String what, String type, String typeText, String role, String roleText) {
    event
        .addEntity()
        .setWhat(new Reference(what))
        .setType(new Coding(ENTITY_TYPE, type, typeText))
        .setRole(new Coding(OBJECT_ROLE, role, roleText));
  }

  /** BALP keeps the whole query; elsewhere no parameter is ever kept. */
  private static void query(AuditEvent event, AuditEntry entry) {
    if (!entry.query().isEmpty()) {
      event
          .addEntity()
          .setType(new Coding(ENTITY_TYPE, "2", "System Object"))
          .setRole(new Coding(OBJECT_ROLE, "24", "Query"))
          .setQuery((entry.about() + '?' + entry.query()).getBytes(StandardCharsets.UTF_8));
    }
  }
}
