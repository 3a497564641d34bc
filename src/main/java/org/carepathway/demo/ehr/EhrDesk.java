package org.carepathway.demo.ehr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.carepathway.demo.ehr.EhrSignIn.Launch;

/** What a clinician does at the EHR: opens a chart, orders, and starts the care pathway there. */
final class EhrDesk {

  static final Set<String> PATHS = Set.of("/chart", "/order", "/start", "/frame", "/feedback");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EhrHooks hooks;
  private final EhrSignIn signIn;
  private final EhrTokens tokens;
  private final String base;
  private final Supplier<URI> service;

  /**
   * @param service address of the care pathway service
   */
  EhrDesk(EhrHooks hooks, EhrSignIn signIn, EhrTokens tokens, String base, Supplier<URI> service) {
    this.hooks = hooks;
    this.signIn = signIn;
    this.tokens = tokens;
    this.base = base;
    this.service = service;
  }

  void answer(EhrExchange exchange) throws IOException {
    Map<String, String> asked = exchange.query();
    String patient = asked.getOrDefault("patient", "");
    String user = asked.getOrDefault("user", "physician");
    switch (exchange.path()) {
      case "/start" -> exchange.redirect(start(patient, user, asked.get("context")));
      case "/frame" ->
          exchange.send(
              200,
              "text/html; charset=utf-8",
              DeskPage.frame(start(patient, user, asked.get("context")).toString(), patient, user));
      case "/feedback" -> {
        Map<String, String> form = exchange.form();
        setAside(form.getOrDefault("service", ""), form.getOrDefault("card", ""));
        exchange.redirect(
            URI.create(
                "/chart?patient=%s&user=%s&told=1"
                    .formatted(
                        encoded(form.getOrDefault("patient", "")),
                        encoded(form.getOrDefault("user", "")))));
      }
      default -> {
        boolean order = exchange.path().equals("/order");
        String called = order ? "care-pathway-orders" : "care-pathway-view";
        HttpResponse<String> answer =
            hooks.post(
                service.get().resolve("/cds-services/" + called),
                call(order, patient, user, asked.getOrDefault("drug", "")).toString());
        exchange.send(
            200,
            "text/html; charset=utf-8",
            DeskPage.chart(
                patient,
                user,
                called,
                answer.statusCode(),
                answer.statusCode() == 200 ? JSON.readTree(answer.body()) : null,
                asked.containsKey("told")));
      }
    }
  }

  private URI start(String patient, String user, String context) {
    String launch =
        signIn.begin(
            new Launch(patient.isEmpty() ? null : patient, "Practitioner/" + user, context));
    return service.get().resolve("/launch?iss=" + encoded(base) + "&launch=" + launch);
  }

  private ObjectNode call(boolean order, String patient, String user, String drug) {
    ObjectNode call = JSON.createObjectNode();
    call.put("hook", order ? "order-sign" : "patient-view")
        .put("hookInstance", UUID.randomUUID().toString())
        .put("fhirServer", base);
    call.putObject("fhirAuthorization")
        .put("access_token", tokens.lend())
        .put("token_type", "Bearer")
        .put("expires_in", 300)
        .put("scope", "patient/*.rs")
        .put("subject", StrictEhr.CLIENT);
    ObjectNode context = call.putObject("context");
    context.put("userId", "Practitioner/" + user).put("patientId", patient);
    if (order) {
      ObjectNode bundle = context.putObject("draftOrders");
      bundle.put("resourceType", "Bundle").put("type", "collection");
      ObjectNode request = bundle.putArray("entry").addObject().putObject("resource");
      request
          .put("resourceType", "MedicationRequest")
          .put("id", "order-1")
          .put("status", "draft")
          .put("intent", "order");
      request.putObject("medicationCodeableConcept").put("text", drug);
      request.putObject("subject").put("reference", "Patient/" + patient);
    }
    return call;
  }

  private void setAside(String called, String card) throws IOException {
    ObjectNode told = JSON.createObjectNode();
    ObjectNode one = told.putArray("feedback").addObject();
    one.put("card", card)
        .put("outcome", "overridden")
        .put("outcomeTimestamp", Instant.now().toString());
    JsonNode reason =
        JSON.createObjectNode()
            .put("system", "https://carepathway.org/fhir/CodeSystem/card-override")
            .put("code", "known");
    one.putObject("overrideReason").set("reason", reason);
    hooks.post(service.get().resolve("/cds-services/" + called + "/feedback"), told.toString());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
