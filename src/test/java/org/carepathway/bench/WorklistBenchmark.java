package org.carepathway.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.CarePathwayApplication;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.security.ActAs;
import org.carepathway.security.Role;
import org.carepathway.worklist.Filter;
import org.carepathway.worklist.Filter.Due;
import org.carepathway.worklist.Filter.Scope;
import org.carepathway.worklist.WorklistPages;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;

/**
 * How long the worklist takes with many open and many more finished tasks: in the service, and as a
 * whole page over HTTP. Prints the plan of each query. See docs/benchmark.md.
 */
public final class WorklistBenchmark {

  private static final int OPEN = Integer.getInteger("bench.open-tasks", 100_000);
  private static final int FINISHED = Integer.getInteger("bench.finished-tasks", 1_000_000);
  private static final int REQUESTS = Integer.getInteger("bench.requests", 600);
  private static final int WARM_UP = REQUESTS * 2 / 3;

  private WorklistBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of("target/bench-worklist-" + UUID.randomUUID());
    try (ConfigurableApplicationContext service =
        new SpringApplicationBuilder(CarePathwayApplication.class)
            .profiles("demo")
            .run(
                "--server.port=0",
                "--carepathway.database.directory=" + data,
                "--carepathway.demo.cohort=false",
                user(0, "name=coordinator"),
                user(0, "display=Clara"),
                user(0, "password={noop}coordinator"),
                user(0, "roles[0]=coordinator"),
                user(0, "teams[0]=*"),
                user(1, "name=referrer"),
                user(1, "display=Rita"),
                user(1, "password={noop}referrer"),
                user(1, "roles[0]=referrer"),
                user(1, "teams[0]=*"),
                user(2, "name=spine"),
                user(2, "display=Sara"),
                user(2, "password={noop}spine"),
                user(2, "roles[0]=coordinator"),
                user(2, "teams[0]=north/spine"),
                "--logging.level.org.carepathway.demo=warn")) {
      int port = Integer.parseInt(service.getEnvironment().getProperty("local.server.port"));
      WorklistPages pages = service.getBean(WorklistPages.class);
      WorklistPage bench = new WorklistPage(pages, service.getBean(JdbcTemplate.class));
      FhirClient fhir = new FhirClient(port);
      fhir.refer(fhir.sendPatient("stokes-carli.json"));
      bench.addOpenTasks(OPEN);
      bench.addFinishedTasks(FINISHED);
      bench.addPatients();
      bench.analyze();
      System.out.printf("open %,d, finished %,d%n", bench.open(), (long) FINISHED);
      filters().forEach((name, filter) -> measure(name, filter, bench, pages));
      ofOneTeam(service, bench, pages);
      http(port, "coordinator");
      http(port, "spine");
    }
    System.exit(0);
  }

  private static String user(int number, String property) {
    return "--carepathway.sign-in.users[%d].%s".formatted(number, property);
  }

  /** Somebody who sees a tenth of the patients. */
  private static void ofOneTeam(
      ConfigurableApplicationContext service, WorklistPage bench, WorklistPages pages) {
    UserDetails person = service.getBean(UserDetailsService.class).loadUserByUsername("spine");
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated(
                person, null, person.getAuthorities()));
    filters()
        .forEach(
            (name, filter) -> {
              PageTimes.report("query of one team, " + name, bench.mine(filter, null));
              pages
                  .plan(filter, null, WorklistPage.PAGE)
                  .forEach(line -> System.out.println("    " + line));
            });
    SecurityContextHolder.clearContext();
  }

  private static Map<String, Filter> filters() {
    Map<String, Filter> filters = new LinkedHashMap<>();
    for (Scope scope : Scope.values()) {
      filters.put(scope.code(), Filter.of(scope));
    }
    filters.put("stage", with("Stage 3", null, null, null, null, null));
    filters.put("site and overdue", with(null, null, null, Due.OVERDUE, null, "Site 2"));
    filters.put("owner", with(null, null, "person3", null, null, null));
    filters.put("role and stat", with(null, "ir-nurse", null, null, "stat", null));
    filters.put(
        "a word of all", new Filter(Scope.EVERYONE, null, null, null, null, null, null, "fam"));
    filters.put(
        "text", new Filter(Scope.EVERYONE, null, null, null, null, null, null, "name12 fam"));
    filters.put(
        "record number", new Filter(Scope.TEAM, null, null, null, null, null, null, "mrn41"));
    return filters;
  }

  private static Filter with(
      String stage, String role, String owner, Due due, String priority, String site) {
    return new Filter(Scope.EVERYONE, stage, role, owner, due, priority, site, null);
  }

  private static void measure(String name, Filter filter, WorklistPage bench, WorklistPages pages) {
    PageTimes.report("query " + name, bench.millis(filter, null));
    String next =
        ActAs.role(
            Role.COORDINATOR,
            "person1",
            "Person 1",
            () -> {
              String after = null;
              for (int page = 0; page < 20; page++) {
                String further = pages.page(filter, after, WorklistPage.PAGE).next();
                after = further == null ? after : further;
              }
              return after;
            });
    PageTimes.report("query " + name + ", 20 pages on", bench.millis(filter, next));
    ActAs.role(
            Role.COORDINATOR,
            "person1",
            "Person 1",
            () -> pages.plan(filter, next, WorklistPage.PAGE))
        .forEach(line -> System.out.println("    " + line));
  }

  /** The whole page as a browser asks for it. */
  private static void http(int port, String user) throws Exception {
    PageTimes pages = PageTimes.signedIn(port, user);
    for (String path :
        List.of(
            "/worklist?scope=team",
            "/worklist/rows?scope=team",
            "/worklist?scope=everyone&stage=Stage%203",
            "/board?of=everyone")) {
      PageTimes.report(user + " " + path, pages.millis(path, WARM_UP, REQUESTS));
    }
  }
}
