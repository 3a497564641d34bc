package org.carepathway.fuzz;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests at {@code /fhir} that are nearly right. */
final class Requests {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] NO_BODY = {};
  private static final String FHIR_JSON = "Content-Type: application/fhir+json";
  private static final List<String> USERS =
      List.of("ehr", "ehr", "coordinator", "referrer", "nurse", "physician", "south", "auditor");
  private static final List<String> OPERATIONS =
      List.of(
          "/Patient/{id}/$everything",
          "/Patient/$validate",
          "/Observation/$validate",
          "/ValueSet/$expand",
          "/ValueSet/$validate-code",
          "/CodeSystem/$lookup",
          "/Task/{id}/$populate",
          "/Task/{id}/$complete",
          "/Task/{id}/$claim",
          "/CarePlan/{id}/$report",
          "/CarePlan/{id}/$populate",
          "/Questionnaire/$populate",
          "/Questionnaire/{id}/$populate",
          "/Questionnaire/$questionnaire-package",
          "/PlanDefinition/{id}/$policy",
          "/ServiceRequest/$without-pathway",
          "/$meta",
          "/$export");
  private static final List<String> MODIFIERS =
      List.of(
          "",
          "",
          "",
          ":exact",
          ":contains",
          ":missing",
          ":not",
          ":text",
          ":in",
          ":above",
          ":below",
          ":identifier",
          ":of-type",
          ":Patient",
          ":Patient.name",
          ":x",
          ":iterate");
  private static final List<String> HEADERS =
      List.of(
          "If-Match",
          "If-None-Match",
          "If-None-Exist",
          "If-Modified-Since",
          "Prefer",
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Content-Type",
          "Content-Encoding",
          "Range",
          "X-Request-ID",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "Forwarded",
          "Origin",
          "Cookie",
          "X-HTTP-Method-Override",
          "Cache-Control",
          "Accept-Language");
  private static final List<String> ODD_HEADERS =
      List.of(
          "",
          "*",
          "W/\"1\"",
          "\"x\"",
          "W/\"99999999999\"",
          "Thu, 99 Xxx 2026 00:00:00 GMT",
          "identifier=x",
          "identifier=urn:x|y",
          "_id=none",
          "return=minimal",
          "return=OperationOutcome, handling=lenient",
          "respond-async",
          "application/fhir+xml",
          "application/fhir+json; fhirVersion=9.9",
          "text/html",
          "x/y;q=;;",
          "utf-16",
          "ibm-37",
          "gzip",
          "deflate, br",
          "bytes=0-1",
          "127.0.0.1, evil.example",
          "no-store",
          "a".repeat(4000),
          "\u00e4\u00f6",
          "es-ES;q=0.9,*;q=x",
          "https://evil.example",
          "null");

  private final Random random;
  private final Mutation mutation;
  private final Seeds seeds;
  private final List<String> types;
  private final List<String> ids = new ArrayList<>();

  /**
   * @param patient {@code Patient/id}, whom what is sent is about
   * @param own {@code Type/id} of what may be asked for and changed
   */
  Requests(Random random, Seeds seeds, String patient, List<String> own) {
    this.random = random;
    this.mutation = new Mutation(random);
    this.seeds = seeds;
    this.types = FHIR.getResourceTypes().stream().sorted().toList();
    this.ids.add(patient);
    this.ids.addAll(own);
  }

  Request next() throws IOException {
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> create();
      case 3 -> update();
      case 4, 5 -> patch();
      case 6, 7, 8 -> search();
      case 9 -> bundle();
      case 10, 11 -> operation();
      case 12 -> oddAddress();
      default -> oddHeaders();
    };
  }

  private Request create() {
    if (random.nextInt(6) == 0) {
      String xml = one(seeds.xml());
      return request(
          "POST",
          "/"
              + xml.replaceFirst("(?s)^(\\s|<[?!][^>]*>)*<(\\w+).*", "$2")
                  .replaceFirst("(?s)\\W.*", ""),
          List.of("Content-Type: application/fhir+xml"),
          mutation.text(xml));
    }
    JsonNode body = resource();
    String type = random.nextInt(10) == 0 ? type() : body.path("resourceType").asText("Patient");
    return request("POST", "/" + type, List.of(FHIR_JSON), mutation.text(body));
  }

  private Request update() {
    String id = one(ids);
    JsonNode body = resource();
    if (body instanceof ObjectNode object && random.nextInt(5) > 0) {
      object.put("id", id.replaceFirst(".*/", ""));
    }
    String type = random.nextInt(4) == 0 ? type() : body.path("resourceType").asText("Patient");
    return request(
        "PUT", "/" + type + "/fuzz-" + random.nextInt(50), List.of(FHIR_JSON), mutation.text(body));
  }

  private Request patch() throws IOException {
    if (random.nextInt(3) == 0) {
      JsonNode patch =
          JSON.readTree(
              """
              {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
                {"name":"type","valueCode":"%s"},{"name":"path","valueString":"%s"},
                {"name":"name","valueString":"%s"},{"name":"index","valueInteger":%d},
                {"name":"value","valueString":"x"}]}]}"""
                  .formatted(
                      one(List.of("add", "insert", "delete", "replace", "move", "x")),
                      one(
                          List.of(
                              "Patient.name[0].family",
                              "Patient.birthDate",
                              "Patient",
                              "Patient.name.where(use='official')",
                              "Patient.name.repeat($this)",
                              "Patient.name[99]",
                              "Observation.value",
                              "1 + 1",
                              "")),
                      one(List.of("name", "birthDate", "id", "resourceType", "meta", "x")),
                      random.nextInt(5) - 1));
      return request("PATCH", "/" + one(ids), List.of(FHIR_JSON), mutation.text(maybe(patch)));
    }
    ArrayNode patch = JSON.createArrayNode();
    for (int i = random.nextInt(3); i >= 0; i--) {
      ObjectNode operation = patch.addObject();
      operation.put("op", one(List.of("add", "replace", "remove", "move", "copy", "test")));
      operation.put("path", path());
      operation.put("from", path());
      operation.set("value", mutation.odd());
    }
    return request(
        "PATCH",
        "/" + one(ids),
        List.of("Content-Type: application/json-patch+json"),
        mutation.text(maybe(patch)));
  }

  private String path() {
    return one(
        List.of(
            "/name",
            "/name/0",
            "/name/0/family",
            "/name/-",
            "/name/99",
            "/birthDate",
            "/id",
            "/resourceType",
            "/meta",
            "/meta/versionId",
            "/subject",
            "/subject/reference",
            "/active",
            "/extension",
            "/contained",
            "",
            "/",
            "x",
            "/a~2b",
            "/name/0/given/0",
            "/identifier/0"));
  }

  private Request search() {
    String type =
        random.nextInt(12) == 0
            ? type()
            : one(
                List.of(
                    "Patient",
                    "Observation",
                    "Task",
                    "ServiceRequest",
                    "Condition",
                    "MedicationRequest",
                    "Questionnaire",
                    "ValueSet",
                    "Appointment",
                    "DocumentReference",
                    "AuditEvent",
                    "Provenance",
                    "Device",
                    "CarePlan",
                    "Location"));
    StringBuilder query = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      query.append(query.isEmpty() ? "" : "&").append(parameter(type));
    }
    if (random.nextInt(4) == 0) {
      return request(
          "POST",
          "/" + type + "/_search",
          List.of("Content-Type: application/x-www-form-urlencoded"),
          query.toString().getBytes(StandardCharsets.UTF_8));
    }
    String of = random.nextInt(8) == 0 ? "/" + one(ids) : "";
    return request("GET", of + "/" + type + "?" + query, List.of(), NO_BODY);
  }

  private String parameter(String type) {
    List<RuntimeSearchParam> known = FHIR.getResourceDefinition(type).getSearchParams();
    String name =
        random.nextInt(3) == 0
            ? one(
                List.of(
                    "_id",
                    "_lastUpdated",
                    "_count",
                    "_offset",
                    "_sort",
                    "_include",
                    "_revinclude",
                    "_summary",
                    "_elements",
                    "_total",
                    "_format",
                    "_pretty",
                    "_tag",
                    "_profile",
                    "_has:Observation:patient:code",
                    "_filter",
                    "_getpages",
                    "_contained",
                    "_source",
                    "_security",
                    "_text",
                    "_type",
                    "_since",
                    "x"))
            : one(known.stream().map(RuntimeSearchParam::getName).toList());
    String value =
        random.nextInt(3) == 0
            ? mutation.oddText()
            : one(
                List.of(
                    "1",
                    "ge2026-01-01",
                    "2026-01-01",
                    "x",
                    "Patient/none",
                    one(ids),
                    "true",
                    "http://loinc.org|8480-6",
                    "5.4|http://unitsofmeasure.org|mg",
                    "-code",
                    type + ":patient",
                    "*",
                    "count",
                    "accurate",
                    "json",
                    "a,b,c",
                    "sa2026",
                    "1e3",
                    "ap5",
                    "$",
                    "lt-1",
                    "none$none"));
    return name + one(MODIFIERS) + '=' + encoded(value);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private Request bundle() {
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", one(List.of("transaction", "batch", "x")));
    ArrayNode entries = bundle.putArray("entry");
    for (int i = random.nextInt(4); i >= 0; i--) {
      JsonNode resource = resource();
      ObjectNode entry = entries.addObject();
      entry.put("fullUrl", "urn:uuid:" + new java.util.UUID(random.nextLong(), random.nextLong()));
      entry.set("resource", resource);
      String type = resource.path("resourceType").asText("Patient");
      entry
          .putObject("request")
          .put("method", one(List.of("POST", "POST", "POST", "PUT", "GET", "PATCH", "DELETE")))
          .put(
              "url",
              one(List.of(type, type, type + "/fuzz-1", type + "?identifier=x", type(), "", "/")));
    }
    return request("POST", one(List.of("", "/")), List.of(FHIR_JSON), mutation.text(maybe(bundle)));
  }

  private Request operation() throws IOException {
    String path = one(OPERATIONS).replace("{id}", one(ids).replaceFirst(".*/", ""));
    if (random.nextBoolean()) {
      String query =
          one(
              List.of(
                  "",
                  "?url=" + encoded(mutation.oddText()),
                  "?_count=" + encoded(mutation.oddText()),
                  "?_type=" + encoded(mutation.oddText()),
                  "?_since=" + encoded(mutation.oddText()),
                  "?event=" + encoded(mutation.oddText()),
                  "?system=" + encoded(mutation.oddText()) + "&code=x",
                  "?url=x&filter=" + encoded(mutation.oddText()) + "&count=1&offset=x"));
      return request("GET", path + query, List.of(), NO_BODY);
    }
    ObjectNode parameters = JSON.createObjectNode().put("resourceType", "Parameters");
    ArrayNode all = parameters.putArray("parameter");
    all.addObject().put("name", "resource").set("resource", resource());
    all.addObject().put("name", "response").set("resource", resource());
    all.addObject().put("name", "event").put("valueString", "x");
    all.addObject().put("name", "url").put("valueUri", mutation.oddText());
    all.addObject().put("name", "subject").putObject("valueReference").put("reference", one(ids));
    return request("POST", path, List.of(FHIR_JSON), mutation.text(maybe(parameters)));
  }

  private Request oddAddress() {
    String path =
        one(
            List.of(
                "/Patient/" + encoded(mutation.oddText()),
                "/Patient/_history",
                "//Patient",
                "/Patient//",
                "/Patient/x/_history/x",
                "/Patient/x/y/z",
                "/Patient/%00",
                "/%ff",
                "/Patient/..%2f..%2f",
                "/Patient;a=b",
                "/Patient/x?",
                "/Patient/x#y",
                "/metadata/x",
                "/metadata?mode=x",
                "/_history?_since=x",
                "/Patient/$",
                "/$",
                "/Patient/x/$x/y",
                "/?_getpages=x",
                "/?_getpages=" + new java.util.UUID(1, 2) + "&_getpagesoffset=-1",
                "/Patient/x/Observation/y",
                "/Patient/x/" + type(),
                "/" + type() + "/x/Patient",
                "/.well-known/smart-configuration/x",
                "/Patient/" + "x".repeat(65),
                "/Patient/é",
                "/Patient?" + "a=b&".repeat(400),
                "/Patient?%",
                "/Patient?a=%zz",
                "/Patient/{x}"));
    return request(
        one(List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH", "X")),
        path,
        List.of(FHIR_JSON),
        random.nextBoolean() ? NO_BODY : mutation.text(resource()));
  }

  private Request oddHeaders() {
    Request base = random.nextBoolean() ? search() : create();
    List<String> headers = new ArrayList<>(base.headers());
    for (int i = random.nextInt(3); i >= 0; i--) {
      headers.add(one(HEADERS) + ": " + one(ODD_HEADERS));
    }
    return new Request(base.user(), base.method(), base.path(), headers, base.body());
  }

  private Request request(String method, String path, List<String> headers, byte[] body) {
    return new Request(
        random.nextInt(40) == 0 ? null : one(USERS),
        method,
        path.replace(" ", "%20"),
        headers,
        body);
  }

  private JsonNode resource() {
    return maybe(aboutOurs(one(seeds.resources()).deepCopy()));
  }

  private JsonNode maybe(JsonNode node) {
    return random.nextInt(5) == 0 ? node : mutation.of(node);
  }

  /** References to patients become those of the patient whom the requests may spoil. */
  private JsonNode aboutOurs(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("reference").asText().matches("Patient/.*|urn:uuid:.*")) {
      object.put("reference", ids.get(0));
    }
    node.forEach(this::aboutOurs);
    return node;
  }

  private String type() {
    return one(types);
  }

  private <T> T one(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
