package org.carepathway.outreach;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.carepathway.outreach.RemindedPatients.Reminded;
import org.carepathway.security.Caller;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.springframework.context.ApplicationContext;

/** Somebody takes tasks and gives them back all day long, so that there is something to tell. */
final class Workers implements AutoCloseable {

  private static final long PAUSE_MILLIS = 400;

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Worklist worklist;
  private final Caller nurse;
  private final List<Reminded> patients;
  private int turn;

  Workers(ApplicationContext service, int port, List<Reminded> patients) {
    this.worklist = service.getBean(Worklist.class);
    this.nurse = new Caller(port, "nurse");
    this.patients = patients;
    thread.scheduleWithFixedDelay(this::work, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void work() {
    Reminded who = patients.get(turn++ % patients.size());
    worklist.ofPathway(who.pathway()).stream()
        .filter(item -> item.isOpen() && item.role().equals("ir-nurse"))
        .findFirst()
        .ifPresent(this::takeAndGiveBack);
  }

  /** Of somebody who has just died it is refused. */
  private void takeAndGiveBack(WorkItem item) {
    try {
      for (String operation : List.of("$claim", "$release")) {
        nurse.fhir(
            "POST", "Task/" + item.id() + '/' + operation, "{\"resourceType\":\"Parameters\"}");
      }
    } catch (Exception fault) {
      throw new IllegalStateException(fault);
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.shutdown();
    thread.awaitTermination(1, TimeUnit.MINUTES);
  }
}
