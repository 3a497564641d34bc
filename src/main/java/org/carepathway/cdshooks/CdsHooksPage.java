package org.carepathway.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.carepathway.cdshooks.CdsRefusal.Fault;
import org.carepathway.ehr.EhrServer;
import org.carepathway.incoming.PatientMatch;
import org.carepathway.security.PatientScope;
import org.carepathway.security.SeenPatients;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * CDS Hooks 2.0: EHRs ask at a moment of a clinician's, and get cards.
 *
 * @see <a href="https://cds-hooks.hl7.org/2.0/">CDS Hooks 2.0</a>
 */
@RestController
@RequestMapping("/cds-services")
class CdsHooksPage {

  private final CdsServices services;
  private final CdsClients clients;
  private final Prefetch prefetch;
  private final PatientMatch patients;
  private final PatientScope scope;
  private final CardWriter writer;
  private final CardFace faces;
  private final CardRows rows;
  private final SeenPatients seen;

  CdsHooksPage(
      CdsServices services,
      CdsClients clients,
      Prefetch prefetch,
      PatientMatch patients,
      PatientScope scope,
      CardWriter writer,
      CardFace faces,
      CardRows rows,
      SeenPatients seen) {
    this.services = services;
    this.clients = clients;
    this.prefetch = prefetch;
    this.patients = patients;
    this.scope = scope;
    this.writer = writer;
    this.faces = faces;
    this.rows = rows;
    this.seen = seen;
  }

  /** Says nothing of anybody, so nobody needs to be known for it. */
  @GetMapping
  Map<String, List<CdsService>> services() {
    return Map.of("services", services.all());
  }

  @PostMapping("/{id}")
  Map<String, List<ShownCard>> cards(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    services.require(id);
    CdsClient client = clients.signedIn(request.getHeader("Authorization"), "/cds-services/" + id);
    CdsCall call = CallReader.read(body(request, client), services, id);
    Fetched fetched = prefetch.complete(call, client);
    Optional<String> patient =
        patients.known(fetched.patient(), client.settings().patients()).filter(scope::isVisible);
    List<CardRows.Given> given =
        writer.of(call, fetched, patient).stream()
            .map(held -> new CardRows.Given(UUID.randomUUID(), held))
            .toList();
    rows.given(given, call, client.name(), id);
    Locale language =
        request.getHeader("Accept-Language") == null
            ? Locale.forLanguageTag(client.settings().language())
            : request.getLocale();
    return Map.of(
        "cards",
        given.stream()
            .map(card -> faces.of(card.id(), card.held(), language, client.settings().smart()))
            .toList());
  }

  @PostMapping("/{id}/feedback")
  ResponseEntity<Void> feedback(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    services.require(id);
    CdsClient client =
        clients.signedIn(request.getHeader("Authorization"), "/cds-services/" + id + "/feedback");
    List<Feedback> told = Feedback.read(body(request, client));
    Set<UUID> known =
        rows.known(
            told.stream().map(Feedback::card).collect(Collectors.toSet()), client.name(), id);
    for (int i = 0; i < told.size(); i++) {
      if (!known.contains(told.get(i).card())) {
        throw new CdsRefusal(
            HttpStatus.BAD_REQUEST,
            "feedback[%d].card".formatted(i),
            "This service has given you no such card, or too long ago.",
            "Send the uuid as it was given; nothing was kept.");
      }
    }
    rows.keep(told);
    seen.noted();
    return ResponseEntity.ok().build();
  }

  private static JsonNode body(HttpServletRequest request, CdsClient client) throws IOException {
    if (!MediaType.APPLICATION_JSON.isCompatibleWith(type(request))) {
      throw new CdsRefusal(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type",
          "Must be application/json.",
          "Send JSON.");
    }
    int most = Math.toIntExact(client.settings().largest().toBytes());
    byte[] body = request.getInputStream().readNBytes(most + 1);
    if (body.length > most) {
      throw new CdsRefusal(
          HttpStatus.PAYLOAD_TOO_LARGE,
          "",
          "The body has more than %d bytes.".formatted(most),
          "Send less along, or raise carepathway.cds-hooks.clients.%s.largest."
              .formatted(client.name()));
    }
    try {
      return EhrServer.json(body);
    } catch (IOException noJson) {
      throw new CdsRefusal(
          HttpStatus.BAD_REQUEST, "", "The body is no JSON.", "Send an object in JSON.");
    }
  }

  private static MediaType type(HttpServletRequest request) {
    String type = request.getContentType();
    try {
      return type == null ? MediaType.ALL : MediaType.parseMediaType(type);
    } catch (IllegalArgumentException unclear) {
      return MediaType.TEXT_PLAIN;
    }
  }

  /** The specification has no form for it: a list of what is wrong. */
  @ExceptionHandler
  ResponseEntity<Map<String, List<Fault>>> refused(CdsRefusal refusal) {
    return ResponseEntity.status(refusal.status())
        .contentType(MediaType.APPLICATION_JSON)
        .body(Map.of("faults", refusal.faults()));
  }
}
