package org.carepathway.bench;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.repository.IRepository;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.carepathway.CarePathwayApplication;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenarios;
import org.carepathway.worklist.WorklistPages;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Measures the whole service against the bare engine and the bare FHIR store, in one run and in
 * turns. See docs/benchmark.md.
 */
public final class PathwayBenchmark {

  private static final Path DATA = Path.of("target/bench-data");
  private static final Path MODELS = Path.of("bpmn/vertebroplasty");

  private static final int PATHWAYS = Integer.getInteger("bench.pathways", 40);
  private static final int STANDING = Integer.getInteger("bench.standing", 200);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
  private static final int WORKERS = Integer.getInteger("bench.workers", 4);
  private static final int WARM_UP_SECONDS = Integer.getInteger("bench.warm-up", 60);
  private static final int OPEN_TASKS = Integer.getInteger("bench.open-tasks", 100_000);
  private static final String CASES = System.getProperty("bench.cases", "abc");

  private PathwayBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    try (ConfigurableApplicationContext service =
        new SpringApplicationBuilder(CarePathwayApplication.class)
            .profiles("demo")
            .run(
                "--server.port=0",
                "--carepathway.database.directory=" + DATA,
                "--carepathway.demo.cohort=false",
                "--carepathway.content.allow-change=true",
                "--logging.level.org.carepathway.demo=warn")) {
      run(service);
    }
  }

  private static void run(ConfigurableApplicationContext service) throws Exception {
    HikariDataSource dataSource = service.getBean(HikariDataSource.class);
    JdbcTemplate jdbc = service.getBean(JdbcTemplate.class);
    IRepository repository = service.getBean(IRepository.class);
    TransactionTemplate transaction = service.getBean(TransactionTemplate.class);
    ProcessEngine engine = service.getBean(ProcessEngine.class);
    List<Answer> answers = AtOneMoment.of(Scenarios.parse(happyPath()).steps());
    WholeService whole =
        new WholeService(
            service, new Timers(engine), new Patients(repository, transaction), answers);
    Rehearsal rehearsal = Rehearsal.of(whole, engine, service.getBean(IInterceptorService.class));
    BareStore store = new BareStore(repository, transaction, rehearsal);
    Report report = new Report(System.out);
    report.machine(jdbc, PATHWAYS, ROUNDS, WORKERS, WARM_UP_SECONDS);
    report.pathway(answers.size(), store.transactions(), store.writes(), Statements.of(whole));
    try (BareEngine bare = new BareEngine(MODELS, dataSource, rehearsal, answers)) {
      List<Case> cases =
          Stream.of(whole, bare, store)
              .filter(one -> CASES.contains(one.name().substring(0, 1)))
              .toList();
      for (Case one : cases) {
        one.stand(STANDING);
      }
      warmUp(cases);
      whole.takeCompletionNanos();
      report.cases(measure(cases, report));
      report.completions(whole.takeCompletionNanos());
    }
    worklist(service, jdbc, report);
    report.volume(jdbc);
  }

  private static String happyPath() throws IOException {
    return Files.readString(MODELS.resolve("scenarios/happy-path.yaml"));
  }

  private static void warmUp(List<Case> cases) throws Exception {
    long end = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
    do {
      for (Case one : cases) {
        Measurement.of(one, PATHWAYS, WORKERS, postmaster());
      }
    } while (System.nanoTime() < end);
  }

  private static Map<String, Measurement> measure(List<Case> cases, Report report)
      throws Exception {
    Map<String, List<Measurement>> all = new LinkedHashMap<>();
    for (int round = 1; round <= ROUNDS; round++) {
      for (Case one : cases) {
        Measurement measured = Measurement.of(one, PATHWAYS, WORKERS, postmaster());
        report.round(round, one.name(), measured);
        all.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(measured);
      }
    }
    Map<String, Measurement> sums = new LinkedHashMap<>();
    all.forEach((name, some) -> sums.put(name, Measurement.sum(some)));
    return sums;
  }

  private static void worklist(
      ConfigurableApplicationContext service, JdbcTemplate jdbc, Report report) throws Exception {
    WorklistPage page = new WorklistPage(service.getBean(WorklistPages.class), jdbc);
    report.worklist(page);
    page.addOpenTasks(OPEN_TASKS);
    page.analyze();
    try {
      report.worklist(page);
    } finally {
      page.removeAddedTasks();
    }
  }

  private static long postmaster() throws Exception {
    return Long.parseLong(
        Files.readAllLines(DATA.resolve("postgresql/postmaster.pid")).get(0).strip());
  }
}
