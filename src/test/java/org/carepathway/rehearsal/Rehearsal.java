package org.carepathway.rehearsal;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.executor.InterceptorService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.carepathway.OwnFolder;
import org.carepathway.booking.BookingOverride;
import org.carepathway.booking.Proposals;
import org.carepathway.booking.Replan;
import org.carepathway.booking.WaitDesk;
import org.carepathway.booking.WeekAcceptance;
import org.carepathway.booking.WeekDesk;
import org.carepathway.calendar.Closures;
import org.carepathway.capacity.Bookings;
import org.carepathway.capacity.Capacity;
import org.carepathway.capacity.FreeTimes;
import org.carepathway.capacity.Obstacles;
import org.carepathway.clock.Watch;
import org.carepathway.content.Catalogue;
import org.carepathway.deviation.AddedSteps;
import org.carepathway.document.Pages;
import org.carepathway.fhir.Conformance;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.Pathways;
import org.carepathway.report.Reports;
import org.carepathway.scenario.AnswerSheets;
import org.carepathway.task.Completion;
import org.carepathway.task.LettersBefore;
import org.carepathway.task.Moves;
import org.carepathway.template.FhirPaths;
import org.carepathway.waiting.WaitingClocks;
import org.carepathway.waiting.WaitingUpkeep;
import org.carepathway.worklist.Hastening;
import org.carepathway.worklist.Replanning;
import org.carepathway.worklist.Worklist;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * A stage on which patients travel their pathways quickly: the service's own steps, forms, worklist
 * and engine on PostgreSQL, with the FHIR record in memory and a clock that each patient moves. One
 * for the whole test run.
 */
final class Rehearsal {

  private static final Path DATA = OwnFolder.of("rehearsal");
  private static Rehearsal open;

  final RehearsalClock clock;
  final MemoryStore store;
  final SequenceFlows flows;
  final Catalogue catalogue;
  final Validity validity;
  final Pathways pathways;
  final Worklist worklist;
  final Hastening hastening;
  final Replanning replanning;
  final Replan replan;
  final Watch waitList;
  final WaitDesk waitDesk;
  final WeekDesk weekDesk;
  final WeekAcceptance weekAcceptance;
  final WaitingClocks waitingClocks;
  final WaitingUpkeep waitingUpkeep;
  final BookingOverride override;
  final Moves moves;
  final Obstacles obstacles;
  final Closures closures;
  final Bookings bookings;
  final Capacity capacity;
  final FreeTimes freeTimes;
  final Proposals proposals;
  final Completion completion;
  final LettersBefore lettersBefore;
  final Pages pages;
  final Reports reports;
  final AddedSteps added;
  final AnswerSheets sheets;
  final ExpressionContexts contexts;
  final FhirPaths paths;
  final ProcessEngine engine;
  final TransactionTemplate transaction;
  final JdbcTemplate jdbc;

  private Rehearsal(ConfigurableApplicationContext service) {
    clock = service.getBean(RehearsalClock.class);
    store = service.getBean(MemoryStore.class);
    flows = service.getBean(SequenceFlows.class);
    catalogue = service.getBean(Catalogue.class);
    validity =
        new Validity(service.getBean(Conformance.class), FhirContext.forR4Cached().newJsonParser());
    pathways = service.getBean(Pathways.class);
    worklist = service.getBean(Worklist.class);
    hastening = service.getBean(Hastening.class);
    replanning = service.getBean(Replanning.class);
    replan = service.getBean(Replan.class);
    waitList = service.getBean("waitList", Watch.class);
    waitDesk = service.getBean(WaitDesk.class);
    weekDesk = service.getBean(WeekDesk.class);
    weekAcceptance = service.getBean(WeekAcceptance.class);
    waitingClocks = service.getBean(WaitingClocks.class);
    waitingUpkeep = service.getBean(WaitingUpkeep.class);
    override = service.getBean(BookingOverride.class);
    moves = service.getBean(Moves.class);
    obstacles = service.getBean(Obstacles.class);
    closures = service.getBean(Closures.class);
    bookings = service.getBean(Bookings.class);
    capacity = service.getBean(Capacity.class);
    freeTimes = service.getBean(FreeTimes.class);
    proposals = service.getBean(Proposals.class);
    completion = service.getBean(Completion.class);
    lettersBefore = service.getBean(LettersBefore.class);
    pages = service.getBean(Pages.class);
    reports = service.getBean(Reports.class);
    added = service.getBean(AddedSteps.class);
    sheets = service.getBean(AnswerSheets.class);
    contexts = service.getBean(ExpressionContexts.class);
    paths = service.getBean(FhirPaths.class);
    engine = service.getBean(ProcessEngine.class);
    transaction = service.getBean(TransactionTemplate.class);
    jdbc = service.getBean(JdbcTemplate.class);
    service
        .getBeanProvider(StoreInterceptor.class)
        .forEach(service.getBean(InterceptorService.class)::registerInterceptor);
  }

  /** The one stage of this test run; each test begins in the world that all share. */
  static synchronized Rehearsal open() throws IOException {
    Worlds.end();
    if (open == null) {
      FileSystemUtils.deleteRecursively(DATA);
      open = of(start("--carepathway.database.directory=" + DATA));
    }
    return open;
  }

  static Rehearsal of(ConfigurableApplicationContext service) {
    return new Rehearsal(service);
  }

  /** Starts the service's beans on the content of the working directory. */
  static ConfigurableApplicationContext start(String database) {
    return start(RehearsalConfiguration.class, database);
  }

  /**
   * @param parts {@link RehearsalConfiguration}, or what adds to it
   */
  static ConfigurableApplicationContext start(Class<?> parts, String... settings) {
    List<String> arguments = new ArrayList<>(RandomPolicy.arguments());
    arguments.addAll(List.of(settings));
    arguments.addAll(
        List.of(
            "--carepathway.content.location=file:" + Path.of("").toAbsolutePath(),
            "--carepathway.content.allow-change=true",
            // Nothing of a rehearsal outlives it.
            "--spring.datasource.hikari.connection-init-sql=set synchronous_commit=off",
            "--camunda.bpm.job-execution.enabled=false",
            "--camunda.bpm.history-level=none"));
    return new SpringApplicationBuilder(parts)
        .web(WebApplicationType.NONE)
        .logStartupInfo(false)
        .run(arguments.toArray(String[]::new));
  }
}
