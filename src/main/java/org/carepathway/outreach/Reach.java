package org.carepathway.outreach;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.carepathway.content.PatientContact;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.Agent;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** By which channels a patient can and may be written to. */
@Component
class Reach {

  private static final String MAIL = "[^\\s@<>\"]+@[^\\s@<>\"]+\\.[^\\s@<>\"]+";
  private static final String NUMBER = "\\+?[0-9]{6,15}";

  private final Carriers carriers;
  private final RefusedChannels refusals;
  private final ExpressionContexts contexts;
  private final FhirPaths paths;
  private final OutreachSettings settings;

  Reach(
      Carriers carriers,
      RefusedChannels refusals,
      ExpressionContexts contexts,
      FhirPaths paths,
      OutreachSettings settings) {
    this.carriers = carriers;
    this.refusals = refusals;
    this.contexts = contexts;
    this.paths = paths;
    this.settings = settings;
  }

  /** A channel and the patient's address there. */
  record Way(Channel channel, String address) {}

  /** In the order that the patient prefers; empty where the patient is not to be written to. */
  List<Way> of(OpenPathway open) {
    return ways(open, PatientContact::channels);
  }

  /** The same for reminders of an appointment. */
  List<Way> reminding(OpenPathway open) {
    return ways(open, PatientContact::reminderChannels);
  }

  private List<Way> ways(OpenPathway open, Function<PatientContact, String> which) {
    if (settings.address() == null || !carriers.areSetUp()) {
      return List.of();
    }
    Set<Channel> refused = refusals.of(open.patient());
    return open
        .content()
        .patientContact()
        .map(which)
        .map(path -> agreed(open, path))
        .orElse(List.of())
        .stream()
        .filter(channel -> !channel.isForStaffOnly() && carriers.isSetUp(channel))
        .filter(channel -> !refused.contains(channel))
        .flatMap(
            channel -> address(open.patient(), channel).map(to -> new Way(channel, to)).stream())
        .toList();
  }

  private List<Channel> agreed(OpenPathway open, String path) {
    return paths
        .evaluate(null, path, contexts.of(open, List.of(path), null, Agent.SERVICE))
        .stream()
        .flatMap(code -> Channel.ofCode(code.primitiveValue()).stream())
        .distinct()
        .toList();
  }

  private static Optional<String> address(Patient patient, Channel channel) {
    return switch (channel) {
      case MAIL -> telecom(patient, ContactPointSystem.EMAIL, MAIL);
      case SMS ->
          telecom(patient, ContactPointSystem.SMS, NUMBER)
              .or(() -> mobile(patient))
              .or(() -> telecom(patient, ContactPointSystem.PHONE, NUMBER));
      case LETTER -> postal(patient);
      case PAGER -> Optional.empty();
    };
  }

  private static Optional<String> mobile(Patient patient) {
    return telecom(patient, ContactPointSystem.PHONE, NUMBER, ContactPointUse.MOBILE);
  }

  /** The number or address without what people write between, if it is one; an old one is none. */
  private static Optional<String> telecom(
      Patient patient, ContactPointSystem system, String pattern, ContactPointUse... uses) {
    return patient.getTelecom().stream()
        .filter(point -> point.getSystem() == system && point.hasValue())
        .filter(point -> point.getUse() != ContactPointUse.OLD && !point.getPeriod().hasEnd())
        .filter(point -> uses.length == 0 || List.of(uses).contains(point.getUse()))
        .map(ContactPoint::getValue)
        .map(
            value ->
                system == ContactPointSystem.EMAIL
                    ? value.strip()
                    : value.replaceAll("[\\s()./-]", ""))
        .filter(value -> value.matches(pattern))
        .findFirst();
  }

  private static Optional<String> postal(Patient patient) {
    return patient.getAddress().stream()
        .filter(address -> address.hasLine() && address.hasCity() && !address.getPeriod().hasEnd())
        .map(
            address ->
                String.join("\n", address.getLine().stream().map(line -> line.getValue()).toList())
                    + '\n'
                    + (address.hasPostalCode() ? address.getPostalCode() + ' ' : "")
                    + address.getCity())
        .findFirst();
  }
}
