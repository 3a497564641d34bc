package org.carepathway.hl7;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/** Orders and referrals: what somebody asks to be done, of ORC and OBR, or of RF1. */
final class Orders {

  private Orders() {}

  static List<Statement> of(Telling telling) {
    List<List<Hl7Segment>> groups = telling.message().groups("ORC", "OBR");
    if (groups.isEmpty()) {
      throw missing("ORC");
    }
    return groups.stream()
        .map(group -> order(telling, group, "ORC-2", "OBR-2", "ORC-3", "OBR-3"))
        .toList();
  }

  /** A referral is one request; what is asked for is in OBR or PR1. */
  static List<Statement> referral(Telling telling) {
    if (telling.message().first("RF1").isEmpty()) {
      throw missing("RF1");
    }
    return List.of(order(telling, telling.message().segments(), "RF1-6", "RF1-11"));
  }

  private static Statement order(Telling telling, List<Hl7Segment> group, String... numbers) {
    Identifier number =
        telling
            .number(group, numbers)
            .orElseThrow(
                () ->
                    Hl7Refusal.at(
                        group.get(0),
                        Integer.parseInt(numbers[0].split("-")[1]),
                        Hl7Refusal.Fault.MISSING,
                        "The number of the order is missing"));
    List<Hl7Segment> segments = new ArrayList<>(group);
    return Statement.of(
            "ServiceRequest",
            List.of(telling.key(number)),
            known -> fill(telling, segments, number, known))
        .known(
            // One without a system beside another one may be anybody's.
            telling.numbers(group, numbers).stream()
                .filter(known -> known.hasSystem() || known.equalsDeep(number))
                .toList());
  }

  private static void fill(
      Telling telling, List<Hl7Segment> group, Identifier number, Resource known) {
    ServiceRequest request = (ServiceRequest) known;
    if (!request.hasIdentifier()) {
      request.addIdentifier(number.copy());
    }
    telling.fill(request, group);
    request.setIntent(ServiceRequestIntent.ORDER);
    if (!request.hasStatus()) {
      request.setStatus(ServiceRequestStatus.ACTIVE);
    }
    if (!request.hasCode()) {
      throw Hl7Refusal.at(
          new Place("OBR", 1, 4, 0), Hl7Refusal.Fault.MISSING, "What is asked for is missing");
    }
  }

  private static Hl7Refusal missing(String segment) {
    return Hl7Refusal.at(
        new Place(segment, 1, 0, 0),
        Hl7Refusal.Fault.SEQUENCE,
        "The segment " + segment + " is missing");
  }
}
