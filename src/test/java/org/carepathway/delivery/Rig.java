package org.carepathway.delivery;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.impl.memory.InMemoryFhirRepository;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.carepathway.content.SentTable;
import org.carepathway.ehr.Asking;
import org.carepathway.ehr.EhrServers;
import org.carepathway.fhirfeed.LinkedPatients;
import org.carepathway.outbox.Outbox;
import org.carepathway.outbox.OutboxTables;
import org.carepathway.outbox.SentRows;
import org.carepathway.template.FhirPaths;
import org.carepathway.worker.WorkerThreads;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The outbox and who empties it, and nothing else of the service: it starts in seconds.
 *
 * @param threads not begun
 */
record Rig(
    JdbcTemplate jdbc,
    Outbox outbox,
    WorkerThreads threads,
    Drift drift,
    EhrStatements statements) {

  /**
   * @param settings with the sites
   * @param bases of the sites that have a FHIR API
   * @param answer how long an answer may take, such as {@code 1s}
   */
  static Rig of(
      HikariDataSource database,
      DeliverySettings settings,
      Map<String, URI> bases,
      String answer,
      InMemoryFhirRepository repository)
      throws IOException {
    JdbcTemplate jdbc = new JdbcTemplate(database);
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    DeliveryWork[] wakes = new DeliveryWork[1];
    Consumer<Object> events =
        event -> {
          if (wakes[0] != null && event instanceof org.carepathway.outbox.OutboxChanged changed) {
            wakes[0].changed(changed);
          }
        };
    Outbox outbox = OutboxTables.outbox(jdbc, transaction, events);
    SentRows sent = OutboxTables.sent(jdbc);
    EhrServers servers =
        Asking.servers(
            bases, "interval", "1s", "budget", "100000", "answer", answer, "connect", answer);
    Sites sites = new Sites(settings, servers, null);
    Map<String, SentTable> tables = new LinkedHashMap<>();
    tables.put(
        "vertebroplasty",
        SentTable.parse(Files.readString(Path.of("bpmn/vertebroplasty/sent.yaml"))));
    EhrForm form = new EhrForm(repository, sent);
    InWords words =
        new InWords(
            new FhirPaths(FhirContext.forR4Cached()),
            WhatIsSentTest.wording(Locale.ENGLISH),
            Clock.systemUTC());
    FhirCourier fhir = new FhirCourier(LinkedPatients.of(jdbc), sent, form, words);
    EhrStatements statements = new EhrStatements(jdbc);
    Courier courier =
        new Courier(
            statements,
            new SentKinds(() -> tables),
            sent,
            words,
            fhir,
            new V2Courier(repository, form, words, Clock.systemUTC()));
    Deliveries deliveries = new Deliveries(outbox, sites, courier, settings);
    WorkerThreads threads = new WorkerThreads();
    wakes[0] = new DeliveryWork(deliveries, sites, outbox, settings, threads);
    return new Rig(
        jdbc, outbox, threads, new Drift(sites, OutboxTables.drift(jdbc), outbox), statements);
  }

  static List<String> vendors() {
    return List.of("epic", "oracle", "meditech", "plain");
  }
}
