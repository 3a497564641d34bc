package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.net.http.HttpResponse;
import java.util.Map;
import org.carepathway.RunningService;
import org.carepathway.security.Caller;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What is answered when something fails once the work is stored: never that nothing was changed.
 */
class AfterTheCommitTest extends RunningService {

  private static final String NOTHING = "{\"resourceType\":\"Parameters\"}";

  @Autowired private IInterceptorService storeInterceptors;
  @Autowired private JdbcTemplate jdbc;

  private final Stumble stumble = new Stumble();
  private Caller referrer;
  private String patient;
  private String task;

  @BeforeEach
  void prepare() throws Exception {
    FhirClient fhir = new FhirClient(port());
    patient = fhir.sendPatient("hammes-wilhemina.json");
    task =
        fhir.openTasks(fhir.refer(patient).getIdElement().getIdPart())
            .get(0)
            .getIdElement()
            .getIdPart();
    referrer = new Caller(port(), "referrer").signIn();
    storeInterceptors.registerInterceptor(stumble);
  }

  @AfterEach
  void unregister() {
    storeInterceptors.unregisterInterceptor(stumble);
  }

  @Test
  void anOperationWhoseTaskCannotBeReadAgainIsDone() throws Exception {
    stumble.reads = true;
    stored(referrer.fhir("POST", "Task/" + task + "/$claim", NOTHING));
    assertThat(owner()).isEqualTo("referrer");
    stored(referrer.fhir("POST", "Task/" + task + "/$release", NOTHING));
    assertThat(owner()).isNull();
  }

  @Test
  void aResourceWhoseAnswerFailsIsStored() throws Exception {
    stumble.afterCommit = true;
    String observation =
        """
        {"resourceType":"Observation","status":"final","code":{"text":"after the commit"},
        "subject":{"reference":"Patient/%s"}}"""
            .formatted(patient);
    long before = observations();
    stored(referrer.fhir("POST", "Observation", observation));
    stored(
        referrer.fhir(
            "POST",
            "",
            """
            {"resourceType":"Bundle","type":"transaction",
            "entry":[{"fullUrl":"urn:uuid:5d1c2c0c-2b0a-4c37-a9a5-0d6c3c0f1c11","resource":%s,
            "request":{"method":"POST","url":"Observation"}}]}"""
                .formatted(observation)));
    assertThat(observations()).isEqualTo(before + 2);
  }

  @Test
  void aPageThatFailsAfterItsFormWasTakenSaysThatItWas() throws Exception {
    stumble.afterCommit = true;
    HttpResponse<String> page = referrer.post("/tasks/" + task + "/claim", Map.of(), "text/html");
    assertThat(owner()).isEqualTo("referrer");
    assertThat(page.body()).contains("It was saved").doesNotContain("Nothing was saved");
  }

  @Test
  void whatFailsBeforeTheCommitIsNotStored() throws Exception {
    stumble.beforeCommit = true;
    HttpResponse<String> answer = referrer.fhir("POST", "Task/" + task + "/$claim", NOTHING);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).contains("nothing was changed").doesNotContain("secret_table");
    assertThat(owner()).isNull();
    HttpResponse<String> page = referrer.post("/tasks/" + task + "/claim", Map.of(), "text/html");
    assertThat(page.body()).contains("Nothing was saved");
  }

  private void stored(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("OperationOutcome", "done and stored");
  }

  private String owner() {
    return jdbc.queryForObject(
        "select owner from work_item where id = ?::uuid", String.class, task);
  }

  private long observations() {
    return jdbc.queryForObject(
        "select count(*) from hfj_resource where res_type = 'Observation'", Long.class);
  }

  /** Fails at the moment that a test asks for. */
  @Interceptor
  public static final class Stumble {

    private volatile boolean reads;
    private volatile boolean afterCommit;
    private volatile boolean beforeCommit;

    @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
    public void read() {
      if (reads) {
        throw new IllegalStateException("the read stumbles");
      }
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
      write();
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource after) {
      write();
    }

    private void write() {
      if (beforeCommit) {
        throw new DataAccessResourceFailureException("secret_table is out of reach");
      }
      if (afterCommit) {
        TransactionSynchronizationManager.registerSynchronization(
            new TransactionSynchronization() {
              @Override
              public void afterCommit() {
                throw new IllegalStateException("after the commit");
              }
            });
      }
    }
  }
}
