package org.carepathway.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.task.Task;
import org.carepathway.scenario.Scenario.Answer;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Case b: the same models in an engine of their own, without forms, FHIR record, worklist and
 * decisions. Each service task sets the variables it set in the rehearsal and does nothing else.
 */
final class BareEngine implements Case, AutoCloseable {

  private static final String DATABASE = "bare_engine";

  private final HikariDataSource dataSource;
  private final ProcessEngine engine;
  private final Timers timers;
  private final String process;
  private final List<Answer> answers;

  /**
   * @param models folder with the pathway's BPMN and DMN; its name is the main process's id
   * @param service the service's own database; this engine's is another one of the same server
   */
  BareEngine(Path models, HikariDataSource service, Rehearsal rehearsal, List<Answer> answers)
      throws Exception {
    this.process = models.getFileName().toString();
    this.answers = answers;
    this.dataSource = database(service);
    this.engine = engine(dataSource, rehearsal);
    this.timers = new Timers(engine);
    DeploymentBuilder deployment =
        engine
            .getRepositoryService()
            .createDeployment()
            .name(process)
            .enableDuplicateFiltering(false);
    try (var files = Files.list(models)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        deployment.addString(file.getFileName().toString(), Files.readString(file));
      }
    }
    deployment.deploy();
  }

  @Override
  public String name() {
    return "b  bare engine";
  }

  @Override
  public void stand(int count) {
    for (int i = 0; i < count; i++) {
      start();
    }
    new JdbcTemplate(dataSource).execute("analyze");
  }

  @Override
  public void travel() {
    String key = start();
    for (Answer answer : answers) {
      Task task = task(key, answer.task());
      if (task == null) {
        timers.fireNext(key);
        task = task(key, answer.task());
      }
      engine.getTaskService().complete(task.getId());
    }
    if (engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(key)
            .count()
        > 0) {
      throw new IllegalStateException("process " + key + " did not come to its end");
    }
  }

  @Override
  public void close() {
    engine.close();
    dataSource.close();
  }

  private String start() {
    String key = UUID.randomUUID().toString();
    engine.getRuntimeService().startProcessInstanceByKey(process, key, Map.of("priority", 0L));
    return key;
  }

  private Task task(String key, String element) {
    return engine
        .getTaskService()
        .createTaskQuery()
        .processInstanceBusinessKey(key)
        .taskDefinitionKey(element)
        .singleResult();
  }

  private static HikariDataSource database(HikariDataSource service) {
    JdbcTemplate jdbc = new JdbcTemplate(service);
    String exists = "select count(*) from pg_database where datname = ?";
    if (jdbc.queryForObject(exists, Integer.class, DATABASE) == 0) {
      jdbc.execute("create database " + DATABASE);
    }
    HikariDataSource own = new HikariDataSource();
    own.setJdbcUrl(service.getJdbcUrl().replaceFirst("/postgres(\\?|$)", "/" + DATABASE + "$1"));
    own.setUsername(service.getUsername());
    own.setPassword(service.getPassword());
    own.setMaximumPoolSize(service.getMaximumPoolSize());
    return own;
  }

  /** Set as the service sets its own engine, in so far as that bears on speed. */
  private static ProcessEngine engine(HikariDataSource dataSource, Rehearsal rehearsal) {
    JavaDelegate step =
        execution ->
            execution.setVariables(
                rehearsal.variables().getOrDefault(execution.getCurrentActivityId(), Map.of()));
    Map<Object, Object> beans = new HashMap<>();
    rehearsal.steps().forEach(name -> beans.put(name, step));
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setProcessEngineName(DATABASE);
    configuration.setDataSource(dataSource);
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setHistory(ProcessEngineConfiguration.HISTORY_ACTIVITY);
    configuration.setDefaultSerializationFormat("application/json");
    configuration.setJobExecutorActivate(false);
    configuration.setMetricsEnabled(false);
    configuration.setDbMetricsReporterActivate(false);
    configuration.setBeans(beans);
    return configuration.buildProcessEngine();
  }
}
