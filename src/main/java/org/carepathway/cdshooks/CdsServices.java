package org.carepathway.cdshooks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * What is offered to EHRs. One service answers both hooks of orders: so a client takes away what
 * was said when an order was selected once it is signed.
 */
@Component
class CdsServices {

  static final String PATIENT = "patient";
  private static final String WHOSE = "Patient/{{context.patientId}}";
  private static final String NEEDS =
      "The client's key is registered here. What is not sent along is read from fhirServer with fhirAuthorization; without both the answer is 412.";

  private static final List<CdsService> ALL =
      List.of(
          service(
              "patient-view",
              "care-pathway-view",
              "Care pathway of the patient",
              "Says where the patient stands on a care pathway, what is missing, and which drugs are on hold."),
          service(
              "order-select",
              "care-pathway-orders",
              "Care pathway and this order",
              "Says where an order that was selected meets a care pathway: drugs on hold, what is ordered already, allergies."),
          service(
              "order-sign",
              "care-pathway-orders",
              "Care pathway and these orders",
              "Says where orders that are to be signed meet a care pathway: drugs on hold, what is ordered already, allergies."));

  private final Catalogue catalogue;

  CdsServices(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  private static CdsService service(String hook, String id, String title, String description) {
    return new CdsService(hook, title, description, id, Map.of(), NEEDS);
  }

  List<CdsService> all() {
    return ALL.stream()
        .map(
            one ->
                new CdsService(
                    one.hook(),
                    one.title(),
                    one.description(),
                    one.id(),
                    prefetch(one.hook()),
                    one.usageRequirements()))
        .toList();
  }

  /**
   * @throws CdsRefusal (404)
   */
  void require(String id) {
    if (ALL.stream().noneMatch(service -> service.id().equals(id))) {
      throw new CdsRefusal(
          HttpStatus.NOT_FOUND, "id", "There is no such service.", "GET /cds-services names them.");
    }
  }

  /** The hook of a request to a service; empty where that service does not know it. */
  Optional<String> hook(String id, String hook) {
    return ALL.stream()
        .filter(service -> service.id().equals(id) && service.hook().equals(hook))
        .map(CdsService::hook)
        .findFirst();
  }

  /** Key to query of all that pathways want to know, the patient first. */
  Map<String, String> prefetch(String hook) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(PATIENT, WHOSE);
    catalogue.offered().stream()
        .map(PathwayContent::cards)
        .map(cards -> cards.prefetch(hook))
        .forEach(all::putAll);
    return all;
  }
}
