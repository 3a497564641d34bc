package org.carepathway.bench;

import java.util.List;
import java.util.UUID;
import org.carepathway.CarePathwayApplication;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.worklist.Worklist;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long the pages of a coordinator take who looks after many patients: lists, a patient, a form.
 * See docs/benchmark.md.
 */
public final class DeskBenchmark {

  private static final int PATIENTS = Integer.getInteger("bench.patients", 300);
  private static final int REQUESTS = Integer.getInteger("bench.requests", 200);
  private static final int WARM_UP = REQUESTS / 2;

  private DeskBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    try (ConfigurableApplicationContext service =
        new SpringApplicationBuilder(CarePathwayApplication.class)
            .profiles("demo")
            .run(
                "--server.port=0",
                "--carepathway.database.directory=target/bench-desk-" + UUID.randomUUID(),
                "--carepathway.demo.cohort=false",
                "--logging.level.org.carepathway.demo=warn")) {
      int port = Integer.parseInt(service.getEnvironment().getProperty("local.server.port"));
      FhirClient fhir = new FhirClient(port);
      String referral =
          fhir.refer(fhir.sendPatient("stokes-carli.json")).getIdElement().getIdPart();
      Pathway one = service.getBean(Pathways.class).ofReferral(referral).orElseThrow();
      UUID task = service.getBean(Worklist.class).ofPathway(one.id()).get(0).id();
      new ManyPatients(service.getBean(JdbcClient.class), one.id()).add(PATIENTS, "coordinator");
      System.out.printf("%d patients, %d requests a page%n", PATIENTS, REQUESTS);
      measure(
          PageTimes.signedIn(port, "coordinator"),
          List.of(
              "/worklist",
              "/worklist?scope=team",
              "/pathways",
              "/pathways?view=mine",
              "/pathways?view=mine&sort=wait",
              "/pathways?view=stuck&sort=-days",
              "/pathways/stages",
              "/pathways/list.csv?view=mine",
              "/board",
              "/pathways/" + one.id(),
              "/pathways/" + one.id() + "?tab=measures",
              "/pathways/" + one.id() + "?tab=plan",
              "/pathways/" + one.id() + "?tab=record"));
      measure(PageTimes.signedIn(port, "referrer"), List.of("/tasks/" + task));
    }
    System.exit(0);
  }

  private static void measure(PageTimes pages, List<String> paths) throws Exception {
    for (String path : paths) {
      PageTimes.report(
          path.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "*"), pages.millis(path, WARM_UP, REQUESTS));
    }
  }
}
