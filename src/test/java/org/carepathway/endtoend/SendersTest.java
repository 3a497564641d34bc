package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.carepathway.RunningService;
import org.carepathway.fhir.Sender;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.PathwayEnded;
import org.carepathway.pathway.PathwayStarted;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.TaskDone;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.ScenarioPlayer;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is stored in process by a feed is an outsider's; what happens to a pathway is told. */
class SendersTest extends RunningService {

  private static final String FEED = "hl7-inbox";

  @Autowired private DaoRegistry store;
  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private ConfigurableApplicationContext context;

  private final List<Object> told = new ArrayList<>();
  private final ApplicationListener<PayloadApplicationEvent<?>> listener = this::hear;
  private Class<?> failing;
  private FhirClient fhir;
  private String patient;

  @BeforeEach
  void listen() throws Exception {
    fhir = new FhirClient(port());
    patient = fhir.sendPatient("klein-genevie.json");
    context.addApplicationListener(listener);
  }

  @AfterEach
  void listenNoMore() {
    context.removeApplicationListener(listener);
  }

  private void hear(PayloadApplicationEvent<?> event) {
    Object payload = event.getPayload();
    if (payload instanceof PathwayStarted
        || payload instanceof PathwayEnded
        || payload instanceof TaskDone) {
      assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isTrue();
      told.add(payload);
      if (payload.getClass() == failing) {
        throw new IllegalStateException("the listener failed");
      }
    }
  }

  @Test
  void aDeathThatAFeedStoresEndsThePathwayAndIsTheFeeds() throws Exception {
    Pathway pathway = referred();

    store(dead(true));

    assertThat(pathways.find(pathway.id()).orElseThrow().outcome()).isEqualTo("died");
    assertThat(
            jdbc.queryForList(
                "select about from audit_event where who = ? and patients @> array[?]::text[]",
                String.class,
                FEED,
                patient))
        .contains("feed " + FEED);
    assertThat(fhir.as("coordinator").search().byUrl("Provenance?patient=" + patient).execute())
        .satisfies(
            found ->
                assertThat(
                        ca.uhn.fhir.context.FhirContext.forR4Cached()
                            .newJsonParser()
                            .encodeResourceToString(found))
                    .contains(FEED));
  }

  @Test
  void aFeedIsGuardedLikeAnOutsider() throws Exception {
    Pathway pathway = referred();
    CarePlan plan =
        fhir.as("coordinator")
            .read()
            .resource(CarePlan.class)
            .withId(pathway.carePlanId())
            .execute();
    assertThatThrownBy(() -> store(plan.setTitle("Another")))
        .isInstanceOf(ForbiddenOperationException.class)
        .hasMessageContaining("written by a pathway's step");
    Observation large = new Observation();
    large.setStatus(Observation.ObservationStatus.FINAL);
    large.getCode().setText("x");
    large.setSubject(new Reference("Patient/" + patient));
    large.setValue(new Quantity().setValue(new BigDecimal("1e50000")));
    assertThatThrownBy(() -> create(large)).isInstanceOf(UnprocessableEntityException.class);
    Observation byName = new Observation();
    byName.setStatus(Observation.ObservationStatus.FINAL);
    byName.getCode().setText("x");
    byName.setSubject(new Reference("Patient?family=Klein"));
    assertThatThrownBy(() -> create(byName)).isInstanceOf(ForbiddenOperationException.class);
  }

  @Test
  void whoDoesNotSayIsAnOutsiderToo() throws Exception {
    Pathway pathway = referred();

    dao(Patient.class).update(dead(true), new SystemRequestDetails());

    assertThat(pathways.find(pathway.id()).orElseThrow().isActive()).isFalse();
  }

  @Test
  void aReferralOfAFeedStartsAPathwayInItsName() throws Exception {
    IBaseResource created = create(FhirClient.referral(patient));

    Pathway pathway = pathways.ofReferral(created.getIdElement().getIdPart()).orElseThrow();
    PathwayStarted started = only(PathwayStarted.class);
    assertThat(started.pathway()).isEqualTo(pathway);
    assertThat(started.trigger().agent().name()).isEqualTo(FEED);
  }

  @Test
  void whatHappensToAPathwayIsToldWithWhatAListenerNeeds() throws Exception {
    Pathway pathway = referred();
    assertThat(only(PathwayStarted.class).pathway()).isEqualTo(pathway);
    assertThat(only(PathwayStarted.class).trigger().agent().name()).isEqualTo("referrer");

    player.play(pathway.id(), HappyPath.referral());
    TaskDone done = only(TaskDone.class);
    assertThat(done.pathway().patientId()).isEqualTo(patient);
    assertThat(done.element()).isEqualTo("CompleteReferral");
    assertThat(done.role()).isEqualTo("referrer");
    assertThat(done.done()).isAfterOrEqualTo(done.created());
    assertThat(
            jdbc.queryForObject(
                "select count(*) from pathway_resource where pathway_id = ? and resource_id = ?",
                Long.class,
                pathway.id(),
                done.answersId()))
        .isOne();
    assertThat(told.stream().filter(PathwayEnded.class::isInstance)).isEmpty();

    store(dead(true));
    PathwayEnded ended = only(PathwayEnded.class);
    assertThat(ended.pathway())
        .isEqualTo(pathways.find(pathway.id()).orElseThrow())
        .satisfies(end -> assertThat(end.outcome()).isEqualTo("died"));
    assertThat(ended.element()).isNotBlank();
  }

  @Test
  void aListenerThatFailsTakesBackWhatItWasTold() throws Exception {
    long before = rows();
    failing = PathwayStarted.class;
    assertThatThrownBy(() -> fhir.refer(patient)).isInstanceOf(InternalErrorException.class);
    assertThat(rows()).isEqualTo(before);
  }

  private <T> T only(Class<T> type) {
    List<T> found = told.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private Pathway referred() throws Exception {
    ServiceRequest referral = fhir.refer(patient);
    return pathways.ofReferral(referral.getIdElement().getIdPart()).orElseThrow();
  }

  private Patient dead(boolean dead) {
    Patient read = fhir.as("nurse").read().resource(Patient.class).withId(patient).execute();
    return read.setDeceased(new BooleanType(dead));
  }

  private void store(Resource resource) {
    dao(resource.getClass()).update(cast(resource), request());
  }

  private IBaseResource create(Resource resource) {
    return dao(resource.getClass()).create(cast(resource), request()).getResource();
  }

  private static SystemRequestDetails request() {
    return Sender.feed(FEED).on(new SystemRequestDetails());
  }

  private <T extends IBaseResource> ca.uhn.fhir.jpa.api.dao.IFhirResourceDao<T> dao(Class<T> type) {
    return store.getResourceDao(type);
  }

  @SuppressWarnings("unchecked")
  private static <T extends IBaseResource> T cast(Resource resource) {
    return (T) resource;
  }

  private long rows() {
    return jdbc.queryForObject(
        "select (select count(*) from hfj_resource) + (select count(*) from pathway)", Long.class);
  }
}
