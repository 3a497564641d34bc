package org.carepathway.bench;

import ca.uhn.fhir.repository.IRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.carepathway.CarePathwayApplication;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenarios;
import org.carepathway.security.Role;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What access control and audit cost: the happy path over {@code /fhir} with and without them, in
 * one run and in turns. See docs/benchmark.md.
 */
public final class AccessBenchmark {

  private static final Path DATA = Path.of("target/bench-data");
  private static final Path HAPPY = Path.of("bpmn/vertebroplasty/scenarios/happy-path.yaml");

  private static final int PATHWAYS = Integer.getInteger("bench.pathways", 20);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
  private static final int WORKERS = Integer.getInteger("bench.workers", 2);
  private static final int WARM_UP_SECONDS = Integer.getInteger("bench.warm-up", 60);

  private AccessBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--carepathway.database.directory=" + DATA,
                "--carepathway.demo.cohort=false",
                "--carepathway.content.allow-change=true",
                "--carepathway.limits.api-calls=100000000",
                "--logging.level.org.carepathway.demo=warn"));
    for (String team : List.of("main", "*")) {
      for (Role role : Role.values()) {
        String user =
            "--carepathway.sign-in.users[%d]."
                .formatted(role.ordinal() + (team.equals("*") ? Role.values().length : 0));
        String name = (team.equals("*") ? "every-" : "team-") + role.code();
        settings.addAll(
            List.of(
                user + "name=" + name,
                user + "display=" + name,
                user + "password={noop}" + name,
                user + "roles[0]=" + role.code(),
                user + "teams[0]=" + team));
      }
    }
    try (ConfigurableApplicationContext service =
        new SpringApplicationBuilder(CarePathwayApplication.class)
            .profiles("demo")
            .run(settings.toArray(String[]::new))) {
      run(service);
    }
    System.exit(0);
  }

  private static void run(ConfigurableApplicationContext service) throws Exception {
    int port = Integer.parseInt(service.getEnvironment().getProperty("local.server.port"));
    List<Answer> answers =
        Scenarios.parse(Files.readString(HAPPY)).steps().stream()
            .filter(Answer.class::isInstance)
            .map(Answer.class::cast)
            .map(PathwayBenchmark::withoutWaits)
            .toList();
    Timers timers = new Timers(service.getBean(ProcessEngine.class));
    Patients patients =
        new Patients(
            service.getBean(IRepository.class), service.getBean(TransactionTemplate.class));
    List<Case> cases =
        Stream.<Case>of(
                new PathwayOverHttp(service, port, null, "team-", timers, patients, answers),
                new PathwayOverHttp(
                    service, port, new AccessSwitch(service), "every-", timers, patients, answers))
            .toList();
    Report report = new Report(System.out);
    report.machine(service.getBean(JdbcTemplate.class), PATHWAYS, ROUNDS, WORKERS, WARM_UP_SECONDS);
    long end = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
    do {
      measure(cases);
    } while (System.nanoTime() < end);
    List<Measurement> with = new ArrayList<>();
    List<Measurement> without = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      Measurement[] both = measure(cases);
      report.round(round, "with", both[0]);
      report.round(round, "without", both[1]);
      with.add(both[0]);
      without.add(both[1]);
    }
    report.overhead(Measurement.sum(with), Measurement.sum(without));
  }

  private static Measurement[] measure(List<Case> cases) throws Exception {
    Measurement[] both = new Measurement[cases.size()];
    for (int i = 0; i < both.length; i++) {
      both[i] = Measurement.of(cases.get(i), PATHWAYS, WORKERS, postmaster());
      cases.get(i).done();
    }
    return both;
  }

  private static long postmaster() throws Exception {
    return Long.parseLong(
        Files.readAllLines(DATA.resolve("postgresql/postmaster.pid")).get(0).strip());
  }
}
