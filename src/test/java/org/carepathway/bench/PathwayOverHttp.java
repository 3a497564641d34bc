package org.carepathway.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.carepathway.audit.Audit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.scenario.AnswerSheets;
import org.carepathway.scenario.Scenario.Answer;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The happy path as a system travels it that knows only {@code /fhir}: for each task a search, its
 * form pre-filled, its form completed.
 */
final class PathwayOverHttp implements Case {

  private static final String TEAM = "main";

  private final Map<String, Questionnaire> forms = new ConcurrentHashMap<>();
  private final Queue<ServiceRequest> referrals = new ConcurrentLinkedQueue<>();
  private final ThreadTime client = new ThreadTime();
  private final AccessSwitch access;
  private final Audit audit;
  private final String users;
  private final FhirClient fhir;
  private final AnswerSheets sheets;
  private final JdbcTemplate jdbc;
  private final Timers timers;
  private final Patients patients;
  private final List<Answer> answers;

  /**
   * @param access null to leave access control and audit in place
   * @param users what the names of those who sign in begin with, before the role's code
   */
  PathwayOverHttp(
      ApplicationContext service,
      int port,
      AccessSwitch access,
      String users,
      Timers timers,
      Patients patients,
      List<Answer> answers) {
    this.access = access;
    this.audit = service.getBean(Audit.class);
    this.users = users;
    this.fhir = new FhirClient(port);
    this.sheets = service.getBean(AnswerSheets.class);
    this.jdbc = service.getBean(JdbcTemplate.class);
    this.timers = timers;
    this.patients = patients;
    this.answers = answers;
  }

  @Override
  public String name() {
    return access == null ? "with access control and audit" : "without";
  }

  /** CPU-ms of the caller's side since it was last asked for. */
  double clientMillis() {
    return client.take();
  }

  @Override
  public void stand(int count) throws Exception {
    prepare(count);
    for (int i = 0; i < count; i++) {
      fhir.as(users + "referrer").create().resource(referrals.remove()).execute();
    }
    done();
  }

  /** Patients are known before their referral comes, and to the team: untimed. */
  @Override
  public void prepare(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String patient = patients.add();
      jdbc.update("insert into patient_team (patient_id, team) values (?, ?)", patient, TEAM);
      referrals.add(FhirClient.referral(patient));
    }
    if (access != null) {
      access.off();
    }
  }

  /** What was read is kept in batches, within a second. */
  @Override
  public void settle() {
    audit.flush();
  }

  @Override
  public void done() {
    if (access != null) {
      access.on();
    }
  }

  @Override
  public void travel() {
    client.add(this::onePatient);
  }

  private void onePatient() {
    IdType referral =
        (IdType)
            fhir.as(users + "referrer").create().resource(referrals.remove()).execute().getId();
    String pathway =
        jdbc.queryForObject(
            "select id from pathway where referral_id = ?", String.class, referral.getIdPart());
    answers.forEach(
        answer -> answer(pathway, referral.getIdPart(), AtOneMoment.forOnePatient(answer)));
    if (!"completed"
        .equals(
            jdbc.queryForObject(
                "select status from pathway where id = ?::uuid", String.class, pathway))) {
      throw new IllegalStateException("pathway " + pathway + " did not come to its end");
    }
  }

  private void answer(String pathway, String referral, Answer answer) {
    Task task =
        open(referral, answer.task())
            .or(
                () -> {
                  // The service's work, though in the caller's thread.
                  client.subtract(() -> timers.fireNext(pathway));
                  return open(referral, answer.task());
                })
            .orElseThrow();
    String user = users + task.getPerformerTypeFirstRep().getCodingFirstRep().getCode();
    String id = task.getIdElement().getIdPart();
    QuestionnaireResponse filled =
        sheets.fill(form(task), fhir.populate(user, id), new HashMap<>(answer.answers()));
    Parameters parameters = new Parameters();
    parameters.addParameter().setName("response").setResource(filled);
    parameters.addParameter().setName("confirm").setValue(new BooleanType(true));
    fhir.as(user)
        .operation()
        .onInstance(new IdType("Task", id))
        .named("$complete")
        .withParameters(parameters)
        .returnResourceType(Task.class)
        .execute();
  }

  private Optional<Task> open(String referral, String element) {
    return FhirClient.resources(
            fhir.as(users + "coordinator")
                .search()
                .byUrl("Task?status=ready,in-progress&focus=ServiceRequest/" + referral),
            Task.class)
        .stream()
        .filter(task -> task.getCode().getCodingFirstRep().getCode().equals(element))
        .findFirst();
  }

  private Questionnaire form(Task task) {
    return forms.computeIfAbsent(
        task.getInputFirstRep().getValue().primitiveValue(),
        canonical -> {
          String[] parts = canonical.split("\\|");
          return FhirClient.resources(
                  fhir.as(users + "coordinator")
                      .search()
                      .byUrl("Questionnaire?url=" + parts[0] + "&version=" + parts[1]),
                  Questionnaire.class)
              .get(0);
        });
  }
}
