package org.carepathway.bench;

import ca.uhn.fhir.repository.IRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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

  private static final Path DATA = Path.of("target/bench-access-" + UUID.randomUUID());
  private static final Path HAPPY = Path.of("bpmn/vertebroplasty/scenarios/happy-path.yaml");

  private static final int PATHWAYS = Integer.getInteger("bench.pathways", 10);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 6);
  private static final int WORKERS = Integer.getInteger("bench.workers", 2);
  private static final int WARM_UP_SECONDS = Integer.getInteger("bench.warm-up", 120);
  private static final int STANDING = Integer.getInteger("bench.standing", 200);

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
    List<Answer> answers = AtOneMoment.of(Scenarios.parse(Files.readString(HAPPY)).steps());
    Timers timers = new Timers(service.getBean(ProcessEngine.class));
    Patients patients =
        new Patients(
            service.getBean(IRepository.class), service.getBean(TransactionTemplate.class));
    PathwayOverHttp with =
        new PathwayOverHttp(service, port, null, "team-", timers, patients, answers);
    PathwayOverHttp without =
        new PathwayOverHttp(
            service, port, new AccessSwitch(service), "every-", timers, patients, answers);
    JdbcTemplate jdbc = service.getBean(JdbcTemplate.class);
    Report report = new Report(System.out);
    report.machine(jdbc, PATHWAYS, ROUNDS, WORKERS, WARM_UP_SECONDS);
    with.stand(STANDING);
    long end = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
    do {
      measure(with);
      measure(without);
    } while (System.nanoTime() < end);
    jdbc.execute("analyze");
    List<Measurement> ofWith = new ArrayList<>();
    List<Measurement> ofWithout = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      // Who comes first changes: the process gets warmer, the database fuller.
      boolean withFirst = round % 2 == 1;
      Measurement first = measure(withFirst ? with : without);
      Measurement second = measure(withFirst ? without : with);
      ofWith.add(withFirst ? first : second);
      ofWithout.add(withFirst ? second : first);
      report.round(round, "with", ofWith.get(round - 1));
      report.round(round, "without", ofWithout.get(round - 1));
    }
    report.volume(jdbc);
    report.overhead(Measurement.sum(ofWith), Measurement.sum(ofWithout));
  }

  private static Measurement measure(PathwayOverHttp one) throws Exception {
    one.clientMillis();
    Measurement whole = Measurement.of(one, PATHWAYS, WORKERS, postmaster());
    one.done();
    return whole.withoutClient(one.clientMillis());
  }

  private static long postmaster() throws Exception {
    return Long.parseLong(
        Files.readAllLines(DATA.resolve("postgresql/postmaster.pid")).get(0).strip());
  }
}
