package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.Permissions.Kind;
import org.carepathway.security.Permissions.Subject;
import org.carepathway.worklist.Handling;
import org.carepathway.worklist.TaskRefused;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every role x resource type x interaction, operation and page over HTTP, from the one table: what
 * it allows is answered, what it does not name is refused.
 */
class PermissionMatrixTest extends RunningService {

  private static final Map<Role, String> USERS =
      new EnumMap<>(
          Map.of(
              Role.COORDINATOR, "coordinator",
              Role.IR_PHYSICIAN, "physician",
              Role.IR_NURSE, "nurse",
              Role.FLS, "fls",
              Role.SCHEDULER, "scheduler",
              Role.REFERRER, "referrer",
              Role.ADMIN, "admin",
              Role.INTEGRATION, "ehr",
              Role.AUDITOR, "auditor"));

  /** Types that are stored and that no row names. */
  private static final List<String> UNNAMED =
      List.of("Group", "Library", "Measure", "MeasureReport", "ConceptMap");

  private static final Set<String> PUBLIC =
      Set.of(
          "",
          "login",
          "error",
          "css",
          "js",
          "webjars",
          ".well-known",
          "notifications",
          "cds-services",
          // A link's token and a date of birth; what gateways tell is signed (docs/outreach.md);
          // calendars by a
          // secret link, and open times for anybody, where they are published.
          "calendars",
          "scheduling",
          "link",
          "receipts",
          "launch");

  private final Map<Role, Caller> callers = new EnumMap<>(Role.class);

  @Autowired private Permissions permissions;
  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private Handling handling;
  @Autowired private Clock clock;
  @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;

  @TestFactory
  Stream<DynamicTest> everyRoleTypeAndInteraction() {
    List<String> types = new ArrayList<>(UNNAMED);
    permissions.subjects(Kind.RESOURCE).stream().map(Subject::name).forEach(types::add);
    return USERS.entrySet().stream()
        .flatMap(
            user ->
                types.stream()
                    .sorted()
                    .flatMap(
                        type ->
                            Stream.of(Interaction.values())
                                .filter(interaction -> interaction.isOffered(type))
                                .map(
                                    interaction ->
                                        DynamicTest.dynamicTest(
                                            user.getKey().code() + ' ' + interaction + ' ' + type,
                                            () -> check(user, interaction, type)))));
  }

  @TestFactory
  Stream<DynamicTest> everyRoleAndOperation() {
    Map<String, String> calls =
        Map.ofEntries(
            Map.entry("Task/$claim", "POST Task/none/$claim"),
            Map.entry("Task/$release", "POST Task/none/$release"),
            Map.entry("Task/$populate", "GET Task/none/$populate"),
            Map.entry("Task/$complete", "POST Task/none/$complete"),
            Map.entry("CarePlan/$populate", "GET CarePlan/none/$populate?event=x"),
            Map.entry("CarePlan/$report", "POST CarePlan/none/$report"),
            Map.entry("Patient/$everything", "GET Patient/none/$everything"),
            Map.entry("Questionnaire/$populate", "POST Questionnaire/none/$populate"),
            Map.entry(
                "Questionnaire/$questionnaire-package",
                "GET Questionnaire/none/$questionnaire-package"),
            Map.entry("PlanDefinition/$policy", "GET PlanDefinition/none/$policy"),
            Map.entry("*/$validate", "POST Patient/$validate"),
            Map.entry("ValueSet/$expand", "GET ValueSet/$expand?url=none"),
            Map.entry("ServiceRequest/$without-pathway", "GET ServiceRequest/$without-pathway"),
            Map.entry("Appointment/$find", "GET Appointment/$find?start=2040-01-01&end=2040-01-02"),
            Map.entry("Appointment/$hold", "POST Appointment/$hold"),
            Map.entry("Appointment/$book", "POST Appointment/$book"),
            Map.entry("Schedule/$set-up", "POST Schedule/$set-up"),
            Map.entry("Schedule/$sessions", "GET Schedule/none/$sessions"),
            Map.entry("Schedule/$add-session", "POST Schedule/none/$add-session"),
            Map.entry("Schedule/$add-exception", "POST Schedule/none/$add-exception"),
            Map.entry("Schedule/$remove", "POST Schedule/none/$remove"),
            Map.entry("Schedule/$retire", "POST Schedule/none/$retire"),
            Map.entry("server/$process-message", "POST $process-message"),
            Map.entry("Subscription/$status", "GET Subscription/$status"),
            Map.entry("Subscription/$events", "GET Subscription/none/$events"),
            Map.entry("transaction", "POST "),
            Map.entry("ValueSet/$validate-code", "GET ValueSet/$validate-code?url=none"),
            Map.entry("CodeSystem/$lookup", "GET CodeSystem/$lookup?system=none&code=x"),
            Map.entry(
                "CodeSystem/$validate-code", "GET CodeSystem/$validate-code?url=none&code=x"));
    assertThat(permissions.subjects(Kind.OPERATION))
        .extracting(Subject::name)
        .containsExactlyInAnyOrderElementsOf(calls.keySet());
    return USERS.entrySet().stream()
        .flatMap(
            user ->
                calls.entrySet().stream()
                    .map(
                        call ->
                            DynamicTest.dynamicTest(
                                user.getKey().code() + ' ' + call.getKey(),
                                () -> operate(user, call.getKey(), call.getValue()))));
  }

  @TestFactory
  Stream<DynamicTest> everyRoleAndPage() throws Exception {
    List<DynamicTest> all = new ArrayList<>();
    for (Map.Entry<Role, String> user : USERS.entrySet()) {
      Caller caller = new Caller(port(), user.getValue()).signIn();
      for (Subject page : permissions.subjects(Kind.PAGE)) {
        boolean allowed = allowed(user.getKey(), Action.USE, Kind.PAGE, page.name());
        all.add(
            DynamicTest.dynamicTest(
                user.getKey().code() + " /" + page.name(),
                () -> assertAccess(caller.page('/' + page.name()).statusCode(), allowed)));
      }
      all.add(
          DynamicTest.dynamicTest(
              user.getKey().code() + " a page that no row names",
              () -> assertThat(caller.page("/nowhere").statusCode()).isEqualTo(404)));
    }
    return all.stream();
  }

  @TestFactory
  Stream<DynamicTest> everyRoleAndOtherAction() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral =
        fhir.refer(fhir.sendPatient("hammes-wilhemina.json")).getIdElement().getIdPart();
    WorkItem referrers =
        worklist.ofPathway(pathways.ofReferral(referral).orElseThrow().id()).get(0);
    Map<String, Attempt> attempts =
        Map.of(
            "deviate", this::departFromThePlan,
            "absence-of-others", this::enterAnAbsence,
            "close-site", this::closeTheSite,
            "set-up-capacity", this::setUpCapacity,
            "see-stored", this::seeWhatIsStored,
            "name-coordinator", this::nameACoordinator,
            "write-note", this::writeANote,
            "override-booking", this::overrideALeave,
            "hand-out-any", user -> handOut(user.getKey(), referrers));
    assertThat(permissions.subjects(Kind.ACTION))
        .extracting(Subject::name)
        .containsExactlyInAnyOrderElementsOf(attempts.keySet());
    return USERS.entrySet().stream()
        .filter(user -> user.getKey() != Role.REFERRER)
        .flatMap(
            user ->
                attempts.entrySet().stream()
                    .map(
                        attempt ->
                            DynamicTest.dynamicTest(
                                user.getKey().code() + ' ' + attempt.getKey(),
                                () ->
                                    assertThat(attempt.getValue().isLetThrough(user))
                                        .isEqualTo(
                                            allowed(
                                                user.getKey(),
                                                Action.USE,
                                                Kind.ACTION,
                                                attempt.getKey())))));
  }

  private interface Attempt {
    boolean isLetThrough(Map.Entry<Role, String> user) throws Exception;
  }

  private boolean departFromThePlan(Map.Entry<Role, String> user) throws Exception {
    return new Caller(port(), user.getValue())
            .signIn()
            .post(
                "/pathways/" + UUID.randomUUID() + "/hold",
                Map.of("reason", "other", "until", LocalDate.now(clock).plusDays(1).toString()))
            .statusCode()
        != 403;
  }

  /** Its times do not fit: nothing is entered where it is allowed. */
  private boolean enterAnAbsence(Map.Entry<Role, String> user) throws Exception {
    return new Caller(port(), user.getValue())
            .signIn()
            .post(
                "/absences",
                Map.of(
                    "absent", user.getKey() == Role.IR_NURSE ? "coordinator" : "nurse",
                    "substitute", "physician",
                    "from", "2040-01-02T10:00",
                    "until", "2040-01-01T10:00",
                    "note", "none"))
            .statusCode()
        != 403;
  }

  /** It ends before it begins: nothing is entered where it is allowed. */
  private boolean closeTheSite(Map.Entry<Role, String> user) throws Exception {
    return new Caller(port(), user.getValue())
            .signIn()
            .post(
                "/calendar", Map.of("first", "2040-01-02", "last", "2040-01-01", "reason", "none"))
            .statusCode()
        != 403;
  }

  /** There is no such pathway: nothing is shown where it is allowed. */
  private boolean seeWhatIsStored(Map.Entry<Role, String> user) throws Exception {
    return new Caller(port(), user.getValue())
            .signIn()
            .page("/pathways/" + UUID.randomUUID() + "/facts/Patient/none")
            .statusCode()
        != 403;
  }

  /** The nurse is none: nobody is named where it is allowed. */
  private boolean nameACoordinator(Map.Entry<Role, String> user) throws Exception {
    return new Caller(port(), user.getValue())
            .signIn()
            .post("/pathways/" + UUID.randomUUID() + "/coordinator", Map.of("name", "nurse"))
            .statusCode()
        != 403;
  }

  /** It is empty: nothing is written where it is allowed. */
  private boolean writeANote(Map.Entry<Role, String> user) throws Exception {
    return new Caller(port(), user.getValue())
            .signIn()
            .post("/pathways/" + UUID.randomUUID() + "/notes", Map.of("text", " "))
            .statusCode()
        != 403;
  }

  /** It has no reason: nothing is allowed where it is let through. */
  private boolean overrideALeave(Map.Entry<Role, String> user) throws Exception {
    return new Caller(port(), user.getValue())
            .signIn()
            .post("/pathways/" + UUID.randomUUID() + "/booking-override", Map.of("reason", " "))
            .statusCode()
        != 403;
  }

  /** There is no such kind: nothing is added where it is allowed. */
  private boolean setUpCapacity(Map.Entry<Role, String> user) throws Exception {
    return new Caller(port(), user.getValue())
            .signIn()
            .post("/capacity", Map.of("kind", "none", "name", "none"))
            .statusCode()
        != 403;
  }

  private boolean handOut(Role role, WorkItem item) {
    try {
      ActAs.role(
          role,
          role.code(),
          role.code(),
          () -> handling.comment(item.id(), "Whose is it?", OptionalInt.empty()));
      return true;
    } catch (TaskRefused | ResourceNotFoundException refused) {
      return false;
    }
  }

  @Test
  void everyPageHasARow() {
    assertThat(
            requestMappingHandlerMapping.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .map(pattern -> pattern.split("/", 3)[1].replaceAll("\\{.*", ""))
                .filter(page -> !PUBLIC.contains(page))
                .distinct())
        .as("first parts of page addresses; add a row 'page ...' to permissions.txt")
        .allMatch(page -> permissions.subjects(Kind.PAGE).contains(new Subject(Kind.PAGE, page)));
  }

  private void check(Map.Entry<Role, String> user, Interaction interaction, String type)
      throws IOException, InterruptedException {
    int status =
        caller(user)
            .fhir(
                interaction.method,
                interaction.path.replace("*", type),
                interaction.body == null ? null : interaction.body.replace("*", type))
            .statusCode();
    assertAccess(status, allowed(user.getKey(), interaction.action, Kind.RESOURCE, type));
  }

  private void operate(Map.Entry<Role, String> user, String operation, String call)
      throws IOException, InterruptedException {
    String[] parts = call.split(" ", 2);
    String body =
        switch (operation) {
          case "transaction" -> "{\"resourceType\":\"Bundle\",\"type\":\"transaction\"}";
          case "*/$validate" -> "{\"resourceType\":\"Patient\"}";
          default -> parts[0].equals("GET") ? null : "{\"resourceType\":\"Parameters\"}";
        };
    assertAccess(
        caller(user).fhir(parts[0], parts[1], body).statusCode(),
        allowed(user.getKey(), Action.USE, Kind.OPERATION, operation));
  }

  /** One for each user: its connection is kept. */
  private Caller caller(Map.Entry<Role, String> user) {
    return callers.computeIfAbsent(user.getKey(), role -> new Caller(port(), user.getValue()));
  }

  private boolean allowed(Role role, Action action, Kind kind, String name) {
    return permissions.allow(Set.of(role), action, kind, name);
  }

  private static void assertAccess(int status, boolean allowed) {
    assertThat(status).isNotEqualTo(401).isLessThan(500);
    if (allowed) {
      assertThat(status).isNotEqualTo(403);
    } else {
      assertThat(status).isEqualTo(403);
    }
  }

  /** What is allowed then fails for another reason: nothing has this id, no type this element. */
  private enum Interaction {
    READ("GET", "*/none", null, Action.READ),
    HISTORY("GET", "*/none/_history", null, Action.READ),
    SEARCH("GET", "*?_count=1", null, Action.SEARCH),
    CREATE("POST", "*", "{\"resourceType\":\"*\",\"colour\":\"blue\"}", Action.CREATE),
    UPDATE(
        "PUT",
        "*/none",
        "{\"resourceType\":\"*\",\"id\":\"none\",\"colour\":\"blue\"}",
        Action.UPDATE),
    DELETE("DELETE", "*/none", null, Action.DELETE);

    /** The audit is read and searched; it and subscriptions have no history. */
    private boolean isOffered(String type) {
      return switch (type) {
        case "AuditEvent" -> this == READ || this == SEARCH;
        case "Subscription" -> this != HISTORY;
        default -> true;
      };
    }

    private final String method;
    private final String path;
    private final String body;
    private final Action action;

    Interaction(String method, String path, String body, Action action) {
      this.method = method;
      this.path = path;
      this.body = body;
      this.action = action;
    }
  }
}
