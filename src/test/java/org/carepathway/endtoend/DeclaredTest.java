package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.RunningService;
import org.carepathway.fhir.Conformance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceInteractionComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The CapabilityStatement, word by word: what it declares is served, and of what R4 has besides
 * nothing is.
 */
class DeclaredTest extends RunningService {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final String AUDIT = "AuditEvent";
  private static final Set<String> OF_SYSTEMS =
      Set.of("Claim", "ExplanationOfBenefit", "Subscription");
  private static final int LARGEST = 250_000;

  /** Most that a search takes of them (QueryLimits). */
  private static final int INCLUDES = 10;

  @Autowired private Conformance conformance;

  private final List<String> wrong = new ArrayList<>();
  private List<Door> doors;
  private Door auditor;
  private Door system;
  private CapabilityStatement declared;
  private int asked;

  @BeforeEach
  void read() throws Exception {
    // Three, because each has a limit of calls a minute.
    doors =
        Stream.of("coordinator", "referrer", "ehr").map(user -> new Door(port(), user)).toList();
    auditor = new Door(port(), "auditor");
    system = new Door(port(), "ehr");
    HttpResponse<String> answer = new Door(port(), null).get("metadata");
    assertThat(answer.body().length()).isLessThan(LARGEST);
    declared = parse(CapabilityStatement.class, answer);
  }

  @Test
  void itIsSoundAndSaysHowToSignIn() {
    assertThat(conformance.validate(declared).isSuccessful()).isTrue();
    assertThat(declared.getRest()).hasSize(1);
    assertThat(declared.getRestFirstRep().getSecurity().getService())
        .extracting(service -> service.getCodingFirstRep().getCode())
        .containsExactlyInAnyOrder("SMART-on-FHIR", "Basic");
    assertThat(declared.getRestFirstRep().getInteraction())
        .extracting(interaction -> interaction.getCode().toCode())
        .containsExactlyInAnyOrder("transaction", "batch");
    assertThat(declared.getPatchFormat())
        .extracting(format -> format.getValue())
        .contains("application/json-patch+json", "application/fhir+json");
  }

  @Test
  void itSaysWhatIsForOneRoleOnly() throws Exception {
    for (CapabilityStatementRestResourceComponent resource : resources()) {
      String only =
          OF_SYSTEMS.contains(resource.getType())
              ? "For the role integration only."
              : resource.getType().equals(AUDIT) ? "For the role auditor only." : null;
      assertThat(resource.getDocumentation()).as(resource.getType()).isEqualTo(only);
    }
    for (String type : OF_SYSTEMS) {
      for (String user :
          List.of(
              "coordinator", "physician", "nurse", "scheduler", "referrer", "admin", "auditor")) {
        Door door = new Door(port(), user);
        assertThat(door.get(type + "?_count=1").statusCode()).as(user + type).isEqualTo(403);
        assertThat(door.get(type + "/none").statusCode()).as(user + type).isEqualTo(403);
        assertThat(door.get("Patient?_revinclude=" + type + ":patient&_id=none").statusCode())
            .as(user + type)
            .isIn(400, 403);
        assertThat(door.send("POST", type, Door.JSON, broken(type, null)).statusCode())
            .as(user + type)
            .isEqualTo(403);
      }
    }
  }

  @Test
  void everyInteractionThatItDeclaresIsServed() throws Exception {
    for (CapabilityStatementRestResourceComponent resource : resources()) {
      for (ResourceInteractionComponent interaction : resource.getInteraction()) {
        int expected =
            switch (interaction.getCode()) {
              case READ, VREAD, HISTORYINSTANCE, PATCH, DELETE -> 404;
              case SEARCHTYPE -> 200;
              // The element colour is none of R4.
              case CREATE, UPDATE -> 422;
              default -> 0;
            };
        status(
            call(resource.getType(), interaction.getCode()), expected, name(resource, interaction));
      }
      if (resource.getConditionalCreate()) {
        status(
            door(resource.getType())
                .send(
                    "POST",
                    resource.getType(),
                    Door.JSON,
                    broken(resource.getType(), null),
                    "If-None-Exist",
                    "identifier=urn:none|none"),
            422,
            resource.getType() + " conditional create");
      }
      if (resource.getConditionalUpdate()) {
        status(
            door(resource.getType())
                .send(
                    "PUT",
                    resource.getType() + "?identifier=urn:none%7Cnone",
                    Door.JSON,
                    broken(resource.getType(), null)),
            422,
            resource.getType() + " conditional update");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everySearchParameterThatItDeclaresIsServed() throws Exception {
    for (CapabilityStatementRestResourceComponent resource : resources()) {
      for (CapabilityStatementRestResourceSearchParamComponent parameter :
          resource.getSearchParam()) {
        String search = resource.getType() + '?' + parameter.getName() + '=';
        search(resource.getType(), search + value(resource.getType(), parameter));
        if (parameter.getType() == SearchParamType.DATE) {
          status(door(resource.getType()).get(search + "yesterday"), 400, search + "yesterday");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyIncludeThatItDeclaresIsServed() throws Exception {
    for (CapabilityStatementRestResourceComponent resource : resources()) {
      List<String> all =
          Stream.concat(
                  resource.getSearchInclude().stream().map(name -> "&_include=" + name.getValue()),
                  resource.getSearchRevInclude().stream()
                      .map(name -> "&_revinclude=" + name.getValue()))
              .toList();
      for (int i = 0; i < all.size(); i += INCLUDES) {
        search(
            resource.getType(),
            resource.getType()
                + "?_id=none"
                + String.join("", all.subList(i, Math.min(all.size(), i + INCLUDES))));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyOperationThatItDeclaresIsServedAndDefined() throws Exception {
    for (CapabilityStatementRestResourceComponent resource : resources()) {
      for (var operation : resource.getOperation()) {
        String name = resource.getType() + "/$" + operation.getName();
        assertThat(operation.getDefinition()).as(name).startsWith("http");
        if (operation.getDefinition().startsWith("https://carepathway.org/")) {
          Bundle found =
              parse(
                  Bundle.class,
                  doors.get(0).get("OperationDefinition?url=" + operation.getDefinition()));
          assertThat(found.getEntry()).as(operation.getDefinition()).hasSize(1);
        }
        // Rooms and people are set up by those who book.
        Door sender =
            resource.getType().equals("Schedule")
                ? new Door(port(), "scheduler")
                : door(resource.getType());
        List<HttpResponse<String>> answers =
            List.of(
                door(resource.getType()).get(name),
                door(resource.getType()).get(name.replace("/$", "/none/$")),
                sender.send("POST", name, Door.JSON, "{\"resourceType\":\"Parameters\"}"),
                (OF_SYSTEMS.contains(resource.getType()) ? system : doors.get(0))
                    .send(
                        "POST",
                        name.replace("/$", "/none/$"),
                        Door.JSON,
                        "{\"resourceType\":\"Parameters\"}"));
        if (answers.stream().allMatch(DeclaredTest::isUnknown)) {
          wrong.add(name + ": " + cut(answers.get(0).body()));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noOtherSearchParameterOfR4IsTaken() throws Exception {
    for (CapabilityStatementRestResourceComponent resource : resources()) {
      String type = resource.getType();
      Set<String> others = new TreeSet<>();
      FHIR.getResourceDefinition(type)
          .getSearchParams()
          .forEach(known -> others.add(known.getName()));
      others.addAll(
          List.of(
              "_has:Observation:patient:code",
              "subject:Patient.name",
              "patient.name",
              "_filter",
              "_text",
              "_content",
              "_list",
              "_query",
              "_in",
              "_type",
              "_security",
              "_language",
              "_contained",
              "_containedType",
              "_profile",
              "_tag",
              "_source",
              "_score",
              "_maxresults",
              "nonsense"));
      resource.getSearchParam().forEach(known -> others.remove(known.getName()));
      for (String other : others) {
        String search = type + '?' + other + "=x";
        refused(door(type).get(search), search);
      }
      for (String sort : List.of("nonsense", "-nonsense", "patient.name")) {
        refused(door(type).get(type + "?_sort=" + sort), type + " sort " + sort);
      }
      for (String include : List.of("nonsense", type + ":nonsense", "Nonsense:x", "a:b:c:d")) {
        refused(door(type).get(type + "?_include=" + include), type + " include " + include);
        refused(door(type).get(type + "?_revinclude=" + include), type + " revinclude " + include);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noOtherInteractionIsOffered() throws Exception {
    for (CapabilityStatementRestResourceComponent resource : resources()) {
      String type = resource.getType();
      Set<TypeRestfulInteraction> offered =
          resource.getInteraction().stream()
              .map(ResourceInteractionComponent::getCode)
              .collect(Collectors.toSet());
      for (TypeRestfulInteraction one : TypeRestfulInteraction.values()) {
        if (one != TypeRestfulInteraction.NULL && !offered.contains(one)) {
          refused(call(type, one), type + ' ' + one.toCode());
        }
      }
      refused(
          door(type).send("DELETE", type + "?_id=none", Door.JSON, ""),
          type + " conditional delete");
      refused(
          door(type).send("PATCH", type + "?_id=none", Door.JSON_PATCH, "[]"),
          type + " conditional patch");
      if (!resource.getConditionalUpdate()) {
        refused(
            door(type).send("PUT", type + "?identifier=none", Door.JSON, broken(type, null)),
            type + " conditional update");
      }
    }
    for (String all :
        List.of("", "_history", "?_type=Patient", "?_id=x", "$export", "$everything")) {
      refused(doors.get(0).get(all), "GET /" + all);
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noOtherTypeIsServed() throws Exception {
    Set<String> served =
        resources().stream()
            .map(CapabilityStatementRestResourceComponent::getType)
            .collect(Collectors.toSet());
    for (String type : new TreeSet<>(FHIR.getResourceTypes())) {
      if (!served.contains(type)) {
        refused(door(type).get(type + "?_count=1"), type + " search");
        refused(door(type).get(type + "/none"), type + " read");
        refused(door(type).send("POST", type, Door.JSON, broken(type, null)), type + " create");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noOtherOperationIsServed() throws Exception {
    List<String> operations =
        List.of(
            "expunge",
            "meta",
            "meta-add",
            "meta-delete",
            "export",
            "import",
            "everything",
            "graphql",
            "diff",
            "reindex",
            "hapi.fhir.reindex",
            "lastn",
            "document",
            "docref",
            "match",
            "merge",
            "translate",
            "closure",
            "subsumes",
            "snapshot",
            "apply",
            "evaluate-measure",
            "data-requirements",
            "process-message",
            "convert",
            "stats",
            "find",
            "get-resource-counts",
            "perform-reindexing-pass",
            "mark-all-resources-for-reindexing",
            "upload-external-code-system",
            "apply-codesystem-delta-add",
            "invalidate-expansion",
            "trigger-subscription",
            "binary-access-read",
            "binary-access-write",
            "next-page",
            "extract",
            "assemble",
            "versions",
            "nonsense");
    Set<String> offered =
        resources().stream()
            .flatMap(
                resource ->
                    resource.getOperation().stream()
                        .map(operation -> resource.getType() + "/$" + operation.getName()))
            .collect(Collectors.toSet());
    for (String operation : operations) {
      for (String type :
          List.of("Patient", "Observation", "ValueSet", "CodeSystem", "Binary", "")) {
        String path = type.isEmpty() ? "$" + operation : type + "/$" + operation;
        if (offered.contains(path)) {
          continue;
        }
        for (String one :
            type.isEmpty() ? List.of(path) : List.of(path, type + "/none/$" + operation)) {
          refused(doors.get(asked++ % 3).get(one), "GET " + one);
          refused(
              doors
                  .get(asked++ % 3)
                  .send("POST", one, Door.JSON, "{\"resourceType\":\"Parameters\"}"),
              "POST " + one);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private List<CapabilityStatementRestResourceComponent> resources() {
    List<CapabilityStatementRestResourceComponent> all = declared.getRestFirstRep().getResource();
    assertThat(all).hasSizeGreaterThan(40);
    return all;
  }

  /** Who may ask for everything of a type that somebody may ask for. */
  private Door door(String type) {
    if (OF_SYSTEMS.contains(type)) {
      return system;
    }
    return type.equals(AUDIT) ? auditor : doors.get(asked++ % doors.size());
  }

  private HttpResponse<String> call(String type, TypeRestfulInteraction interaction)
      throws Exception {
    Door door = door(type);
    return switch (interaction) {
      case READ -> door.get(type + "/none");
      case VREAD -> door.get(type + "/none/_history/1");
      case HISTORYINSTANCE -> door.get(type + "/none/_history");
      case HISTORYTYPE -> door.get(type + "/_history");
      case SEARCHTYPE -> door.get(type + "?_count=1");
      case CREATE -> door.send("POST", type, Door.JSON, broken(type, null));
      case UPDATE -> door.send("PUT", type + "/none", Door.JSON, broken(type, "none"));
      case PATCH ->
          door.send(
              "PATCH",
              type + "/none",
              Door.JSON_PATCH,
              "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"en\"}]");
      case DELETE -> door.send("DELETE", type + "/none", Door.JSON, "");
      case NULL -> throw new IllegalArgumentException();
    };
  }

  private static String broken(String type, String id) {
    return "{\"resourceType\":\"%s\",%s\"colour\":\"blue\"}"
        .formatted(type, id == null ? "" : "\"id\":\"" + id + "\",");
  }

  private String value(String type, CapabilityStatementRestResourceSearchParamComponent parameter) {
    return switch (parameter.getType()) {
      case DATE -> "2026-01-01";
      case NUMBER, QUANTITY -> "1";
      case REFERENCE -> "none";
      case URI -> "https://example.org/none";
      case COMPOSITE -> "none$none";
      default -> "none";
    };
  }

  private void search(String type, String search) throws Exception {
    boolean ofSystems = OF_SYSTEMS.stream().anyMatch(one -> search.contains('=' + one + ':'));
    HttpResponse<String> answer = (ofSystems ? system : door(type)).get(search);
    if (answer.statusCode() != 200 || !answer.body().contains("searchset")) {
      wrong.add(search + ": " + answer.statusCode() + ' ' + cut(answer.body()));
    }
  }

  private void status(HttpResponse<String> answer, int expected, String what) {
    if (answer.statusCode() != expected) {
      wrong.add(what + ": " + answer.statusCode() + ' ' + cut(answer.body()));
    }
  }

  private void refused(HttpResponse<String> answer, String what) {
    if (answer.statusCode() < 400
        || answer.statusCode() >= 500 && answer.statusCode() != 501
        || answer.statusCode() == 429
        || !answer.body().contains("OperationOutcome")) {
      wrong.add(what + ": " + answer.statusCode() + ' ' + cut(answer.body()));
    }
  }

  private static String cut(String body) {
    return body.replaceAll("\\s+", " ")
        .substring(0, Math.min(160, body.replaceAll("\\s+", " ").length()));
  }

  private static boolean isUnknown(HttpResponse<String> answer) {
    return answer.statusCode() == 403
        || answer.statusCode() >= 405 && answer.statusCode() != 422
        || answer.body().contains("does not know how to handle");
  }

  private static String name(
      CapabilityStatementRestResourceComponent resource, ResourceInteractionComponent interaction) {
    return resource.getType() + ' ' + interaction.getCode().toCode();
  }

  private static <T extends Resource> T parse(Class<T> type, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return FHIR.newJsonParser().parseResource(type, answer.body());
  }
}
