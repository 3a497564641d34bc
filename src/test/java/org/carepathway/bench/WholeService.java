package org.carepathway.bench;

import ca.uhn.fhir.repository.IRepository;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.carepathway.answers.Given;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.ActAs;
import org.carepathway.security.Role;
import org.carepathway.task.Completion;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Case a: the service as it is, called in process, from the referral to the last contact. */
final class WholeService implements Case {

  private final IRepository repository;
  private final TransactionTemplate transaction;
  private final Pathways pathways;
  private final Worklist worklist;
  private final Completion completion;
  private final ScenarioPlayer player;
  private final JdbcTemplate jdbc;
  private final Timers timers;
  private final Patients patients;
  private final List<Answer> answers;
  private final Queue<ServiceRequest> referrals = new ConcurrentLinkedQueue<>();
  private final Queue<Long> completionNanos = new ConcurrentLinkedQueue<>();

  WholeService(ApplicationContext service, Timers timers, Patients patients, List<Answer> answers) {
    this.repository = service.getBean(IRepository.class);
    this.transaction = service.getBean(TransactionTemplate.class);
    this.pathways = service.getBean(Pathways.class);
    this.worklist = service.getBean(Worklist.class);
    this.completion = service.getBean(Completion.class);
    this.player = service.getBean(ScenarioPlayer.class);
    this.jdbc = service.getBean(JdbcTemplate.class);
    this.timers = timers;
    this.patients = patients;
    this.answers = answers;
  }

  @Override
  public String name() {
    return "a  whole service";
  }

  @Override
  public void stand(int count) throws Exception {
    prepare(count);
    for (int i = 0; i < count; i++) {
      refer();
    }
    jdbc.execute("analyze");
  }

  /** Patients are known before their referral comes: they are stored here, untimed. */
  @Override
  public void prepare(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      referrals.add(FhirClient.referral(patients.add()));
    }
  }

  @Override
  public void travel() {
    UUID pathway = refer();
    answers.forEach(answer -> answer(pathway, AtOneMoment.forOnePatient(answer)));
    if (pathways.find(pathway).orElseThrow().isActive()) {
      throw new IllegalStateException("pathway " + pathway + " did not come to its end");
    }
  }

  /** Stores a prepared referral, which starts its pathway; returns the pathway's id. */
  UUID refer() {
    ServiceRequest referral = referrals.remove();
    return ActAs.role(
        Role.REFERRER,
        "referrer",
        "Dr. Rita Referrer",
        () -> {
          IdType id = (IdType) transaction.execute(status -> repository.create(referral)).getId();
          return pathways.ofReferral(id.getIdPart()).map(Pathway::id).orElseThrow();
        });
  }

  /** Nanoseconds that each task's completion took since the last call. */
  List<Long> takeCompletionNanos() {
    List<Long> taken = List.copyOf(completionNanos);
    completionNanos.clear();
    return taken;
  }

  private void answer(UUID pathway, Answer answer) {
    WorkItem item = openItem(pathway, answer.task());
    if (item == null) {
      timers.fireNext(pathway.toString());
      item = openItem(pathway, answer.task());
    }
    complete(item, answer);
  }

  private void complete(WorkItem item, Answer answer) {
    Role role = Role.ofCode(item.role()).orElseThrow();
    QuestionnaireResponse filled =
        ActAs.role(role, role.code(), role.code(), () -> player.answers(item, answer));
    long begin = System.nanoTime();
    ActAs.role(
        role,
        role.code(),
        role.code(),
        () -> completion.complete(item.id(), Given.of(filled, true), OptionalInt.empty()));
    completionNanos.add(System.nanoTime() - begin);
  }

  private WorkItem openItem(UUID pathway, String element) {
    return worklist.ofPathway(pathway).stream()
        .filter(item -> item.isOpen() && item.element().equals(element))
        .findFirst()
        .orElse(null);
  }
}
