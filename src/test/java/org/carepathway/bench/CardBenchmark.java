package org.carepathway.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carepathway.CarePathwayApplication;
import org.carepathway.cdshooks.AskingEhr;
import org.carepathway.demo.ehr.RunningEhr;
import org.carepathway.endtoend.FhirClient;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How long an EHR waits for cards of patients on a pathway, over HTTP with a token of its own each
 * time: with what the service asks for sent along, and without, so that it is read at the EHR
 * first. The goal is a p95 of 200 ms. See docs/benchmark.md.
 */
public final class CardBenchmark {

  private static final int PATIENTS = Integer.getInteger("bench.patients", 20);
  private static final int CALLS = Integer.getInteger("bench.calls", 1_000);
  private static final int WORKERS = Integer.getInteger("bench.workers", 2);
  private static final int WARM_UP = Integer.getInteger("bench.warm-up", 500);
  private static final String NUMBERS = "urn:bench:ehr-numbers";
  private static final String VIEW = "care-pathway-view";
  private static final String ORDERS = "care-pathway-orders";

  private CardBenchmark() {}

  /** A call for a patient. */
  private interface Call {
    ObjectNode of(String patient);
  }

  public static void main(String[] arguments) throws Exception {
    try (ConfigurableApplicationContext service =
        new SpringApplicationBuilder(CarePathwayApplication.class)
            .profiles("demo")
            .run(
                "--server.port=0",
                "--carepathway.database.directory="
                    + Path.of("target/bench-cards-" + UUID.randomUUID()),
                "--carepathway.demo.cohort=false",
                "--carepathway.demo.ehr=true",
                "--carepathway.demo.ehr-port=0",
                "--carepathway.hl7.feeds.ehr.port=0",
                "--carepathway.fhir.feeds.demo-ehr.interval=1h",
                "--carepathway.fhir.feeds.demo-ehr.patients=" + NUMBERS,
                "--carepathway.cds-hooks.clients.demo-ehr.patients=" + NUMBERS,
                "--carepathway.limits.api-calls=100000000")) {
      int port = Integer.parseInt(service.getEnvironment().getProperty("local.server.port"));
      RunningEhr ehr = RunningEhr.of(service);
      AskingEhr asking = new AskingEhr(ehr, port);
      List<String> patients = patients(port, ehr);
      Call whole = patient -> sent(asking.call("patient-view", patient), patient);
      Call read = patient -> asking.lending(asking.call("patient-view", patient));
      Call order = patient -> ordering(sent(asking.call("order-sign", patient), patient), patient);
      measure(asking, VIEW, whole, patients, WARM_UP);
      measure(asking, VIEW, read, patients, WARM_UP);
      measure(asking, ORDERS, order, patients, WARM_UP);
      print("patient-view, sent along", measure(asking, VIEW, whole, patients, CALLS));
      print("patient-view, read at the EHR", measure(asking, VIEW, read, patients, CALLS));
      print("order-sign, sent along", measure(asking, ORDERS, order, patients, CALLS));
    }
    System.exit(0);
  }

  private static List<String> patients(int port, RunningEhr ehr) throws Exception {
    FhirClient fhir = new FhirClient(port);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < PATIENTS; i++) {
      String number = "b-" + UUID.randomUUID();
      String id = fhir.sendPatient("klein-genevie.json");
      Patient here = fhir.as("referrer").read().resource(Patient.class).withId(id).execute();
      here.addIdentifier().setSystem(NUMBERS).setValue(number);
      fhir.as("referrer").update().resource(here).execute();
      fhir.refer(id);
      Patient there = new Patient();
      there.setId(number);
      there.addIdentifier().setSystem(NUMBERS).setValue(number);
      ehr.put(there);
      all.add(number);
    }
    return all;
  }

  private static ObjectNode sent(ObjectNode call, String patient) {
    ObjectNode prefetch = call.withObject("/prefetch");
    ObjectNode who = prefetch.putObject("patient");
    who.put("resourceType", "Patient").put("id", patient);
    who.putArray("identifier").addObject().put("system", NUMBERS).put("value", patient);
    if (call.path("hook").asText().startsWith("order-")) {
      prefetch.putNull("drugs").putNull("allergies");
    }
    return call;
  }

  private static ObjectNode ordering(ObjectNode call, String patient) {
    ObjectNode bundle = call.withObject("/context/draftOrders");
    bundle.put("resourceType", "Bundle").put("type", "collection");
    ObjectNode order = bundle.putArray("entry").addObject().putObject("resource");
    order.put("resourceType", "MedicationRequest").put("id", "order-1").put("status", "draft");
    order.put("intent", "order").putObject("subject").put("reference", "Patient/" + patient);
    order.putObject("medicationCodeableConcept").put("text", "Apixaban 5 mg");
    return call;
  }

  private static List<Double> measure(
      AskingEhr asking, String service, Call call, List<String> patients, int calls)
      throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    List<Future<Double>> running = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      String patient = patients.get(i % patients.size());
      running.add(workers.submit(() -> timed(asking, service, call.of(patient))));
    }
    List<Double> millis = new ArrayList<>();
    for (Future<Double> each : running) {
      millis.add(each.get());
    }
    workers.shutdown();
    Collections.sort(millis);
    return millis;
  }

  private static double timed(AskingEhr asking, String service, ObjectNode body) throws Exception {
    long begun = System.nanoTime();
    int status = asking.post(service, body).statusCode();
    if (status != 200) {
      throw new IllegalStateException("answered with " + status);
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  private static void print(String name, List<Double> millis) {
    System.out.printf(
        "%-32s %d calls, %d at a time: p50 %.0f ms  p95 %.0f ms  p99 %.0f ms  longest %.0f ms%n",
        name,
        millis.size(),
        WORKERS,
        millis.get(millis.size() / 2),
        millis.get(millis.size() * 95 / 100),
        millis.get(millis.size() * 99 / 100),
        millis.get(millis.size() - 1));
  }
}
