package org.carepathway.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.IRepository;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.fhir.Conformance;
import org.carepathway.keycloak.KeycloakAdmin;
import org.carepathway.keycloak.KeycloakServer;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** Staff of a real Keycloak become Practitioner and PractitionerRole. */
class StaffCopyTest extends RunningService {

  private static final String USER = "https://carepathway.org/fhir/user|";
  private static final StaffSettings SETTINGS =
      new StaffSettings(Duration.ofHours(1), "care-pathway-staff", KeycloakServer.STAFF_SECRET);

  @Autowired private IRepository repository;
  @Autowired private FhirContext fhirContext;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;
  @Autowired private Conformance conformance;
  @Autowired private ApplicationEventPublisher events;

  private StaffCopy copy;

  @BeforeAll
  static void keycloak() {
    KeycloakServer.ready();
  }

  @BeforeEach
  void copy() {
    copy = copy(KeycloakServer.issuer());
    copy.run();
  }

  @Test
  void aMemberOfATeamHasANameARoleAndAnOrganization() {
    Practitioner nurse = only("Practitioner", "kc-nurse", Practitioner.class);
    PractitionerRole role = only("PractitionerRole", "kc-nurse", PractitionerRole.class);

    assertThat(nurse.getActive()).isTrue();
    assertThat(nurse.getNameFirstRep().getText()).isEqualTo("Nils Nurse");
    assertThat(role.getPractitioner().getReference())
        .isEqualTo("Practitioner/" + nurse.getIdElement().getIdPart());
    assertThat(role.getCodeFirstRep().getCodingFirstRep().getCode()).isEqualTo("ir-nurse");
    assertThat(role.getOrganization().getIdentifier().getValue()).isEqualTo("north/spine");
    for (DomainResource resource : List.of(nurse, role)) {
      assertThat(conformance.validate(resource).isSuccessful())
          .as("%s", conformance.validate(resource).getMessages())
          .isTrue();
    }
  }

  @Test
  void whatHasNotChangedIsNotWrittenAgain() {
    assertThat(copy.run()).isZero();
  }

  @Test
  void whatIsWrittenIsKeptInTheAudit() throws Exception {
    KeycloakAdmin.enable("kc-leaver", false);
    try {
      copy.run();
    } finally {
      KeycloakAdmin.enable("kc-leaver", true);
    }
    String id = only("Practitioner", "kc-leaver", Practitioner.class).getIdElement().getIdPart();

    assertThat(writesOfTheService()).first().asString().contains("Practitioner/" + id);
    int before = writesOfTheService().size();
    copy.run();
    copy.run();
    assertThat(writesOfTheService()).as("what changes nothing writes nothing").hasSize(before + 1);
  }

  /** As it runs in a hospital: by itself when the service is ready, then again and again. */
  @Test
  void itRunsByItselfAgainAndAgain() throws Exception {
    StaffSettings everySecond =
        new StaffSettings(Duration.ofSeconds(1), SETTINGS.client(), SETTINGS.secret());
    try (StaffCopy scheduled = copy(KeycloakServer.issuer(), everySecond)) {
      scheduled.begin();
      for (boolean enabled : new boolean[] {false, true}) {
        KeycloakAdmin.enable("kc-leaver", enabled);
        await("the copy to follow")
            .atMost(Duration.ofMinutes(2))
            .until(
                () -> only("Practitioner", "kc-leaver", Practitioner.class).getActive() == enabled);
      }
    } finally {
      KeycloakAdmin.enable("kc-leaver", true);
    }
  }

  @Test
  void whoIsDisabledBecomesInactiveAndComesBackUnderTheSameId() throws Exception {
    KeycloakAdmin.enable("kc-leaver", true);
    copy.run();
    String id = only("Practitioner", "kc-leaver", Practitioner.class).getIdElement().getIdPart();
    KeycloakAdmin.enable("kc-leaver", false);
    try {
      assertThat(copy.run()).as("Practitioner and PractitionerRole").isEqualTo(2);

      assertThat(only("Practitioner", "kc-leaver", Practitioner.class).getActive()).isFalse();
      assertThat(only("PractitionerRole", "kc-leaver", PractitionerRole.class).getActive())
          .isFalse();
    } finally {
      KeycloakAdmin.enable("kc-leaver", true);
    }
    copy.run();
    Practitioner back = only("Practitioner", "kc-leaver", Practitioner.class);
    assertThat(back.getActive()).isTrue();
    assertThat(back.getIdElement().getIdPart()).isEqualTo(id);
  }

  @Test
  void whoKeycloakDoesNotKnowAnyMoreIsKeptAsInactive() {
    Member left =
        new Member("left", "who-left", "Lea", "Left", true, List.of("scheduler"), List.of());
    StaffStore store = new StaffStore(repository, fhirContext, jdbc, transaction, events);
    List<Member> others = new KeycloakUsers(KeycloakServer.issuer(), SETTINGS).all();
    store.write(
        java.util.stream.Stream.concat(others.stream(), java.util.stream.Stream.of(left)).toList());
    assertThat(only("Practitioner", "who-left", Practitioner.class).getActive()).isTrue();

    copy.run();

    assertThat(only("Practitioner", "who-left", Practitioner.class).getActive()).isFalse();
    assertThat(copy.run()).isZero();
  }

  @Test
  void peopleWithoutARoleOfOursAreNoStaff() {
    assertThat(new KeycloakUsers(KeycloakServer.issuer(), SETTINGS).all())
        .extracting(Member::name)
        .contains("kc-physician")
        .doesNotContain("service-account-ehr", "service-account-care-pathway-staff");
  }

  @Test
  void theAccountMayViewUsersAndNothingElse() {
    for (String path : List.of("/clients", "/roles", "/identity-provider/instances", "/events")) {
      assertThatThrownBy(() -> admin(path))
          .as(path)
          .isInstanceOf(HttpClientErrorException.Forbidden.class);
    }
  }

  @Test
  void whileKeycloakIsDownNothingChanges() {
    assertThatThrownBy(() -> copy("http://localhost:1/realms/care-pathway").run())
        .isInstanceOf(org.springframework.web.client.ResourceAccessException.class);
    assertThat(only("Practitioner", "kc-nurse", Practitioner.class).getActive()).isTrue();
  }

  private StaffCopy copy(String issuer) {
    return copy(issuer, SETTINGS);
  }

  private StaffCopy copy(String issuer, StaffSettings settings) {
    return new StaffCopy(settings, issuer, repository, fhirContext, jdbc, transaction, events);
  }

  private static String admin(String path) throws Exception {
    return RestClient.create()
        .get()
        .uri(URI.create(KeycloakServer.address() + "/admin/realms/care-pathway" + path))
        .headers(
            headers -> {
              try {
                headers.setBearerAuth(KeycloakAdmin.staffToken());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            })
        .retrieve()
        .body(String.class);
  }

  /** What the copies wrote, the newest first. */
  private List<String> writesOfTheService() {
    return jdbc.queryForList(
        """
        select body from audit_event
        where kind = 'write' and about = 'staff copied from Keycloak' order by at desc""",
        String.class);
  }

  private <T extends DomainResource> T only(String type, String user, Class<T> resource) {
    List<T> found =
        FhirClient.resources(
            new FhirClient(port())
                .as("coordinator")
                .search()
                .byUrl(type + "?identifier=" + USER + user),
            resource);
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
