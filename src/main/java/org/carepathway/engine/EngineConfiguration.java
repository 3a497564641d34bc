package org.carepathway.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;
import org.carepathway.calendar.WorkingTime;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.TaskExecutor;

/** Fits the engine to the service: content can call the vocabulary and nothing else. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

  /** Waits before each retry of a failed job; then it becomes an incident. */
  private static final String RETRIES = "PT10S,PT1M,PT10M";

  @Bean
  ProcessEnginePlugin vocabularyPlugin(
      @Lazy List<Step> steps,
      @Lazy JobTrigger trigger,
      @Lazy TaskEvents taskEvents,
      @Lazy StageEvents stageEvents,
      @Lazy WorkingTime time,
      Decisions decisions) {
    return new AbstractProcessEnginePlugin() {
      @Override
      public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setBeans(vocabulary(steps, trigger));
        configuration.setCustomPostBPMNParseListeners(
            new ArrayList<>(List.of(taskEvents, stageEvents)));
        configuration.setExpressionManager(null);
        configuration.setBusinessCalendarManager(SiteCalendars.of(time));
        DefaultDmnEngineConfiguration dmn = new DefaultDmnEngineConfiguration();
        dmn.setCustomPostDecisionTableEvaluationListeners(new ArrayList<>(List.of(decisions)));
        dmn.setFeelEngineFactory(Feel::new);
        configuration.setDmnEngineConfiguration(dmn);
        configuration.setFailedJobRetryTimeCycle(RETRIES);
        configuration.setJavaSerializationFormatEnabled(false);
        configuration.setEnforceHistoryTimeToLive(true);
      }
    };
  }

  /** In place of Camunda's own, with the same settings. */
  @Bean
  @ConditionalOnProperty(name = "camunda.bpm.job-execution.enabled", matchIfMissing = true)
  static JobsInHand jobExecutor(
      @Qualifier("camundaTaskExecutor") TaskExecutor threads, CamundaBpmProperties properties) {
    JobExecutionProperty settings = properties.getJobExecution();
    JobsInHand executor = new JobsInHand();
    executor.setTaskExecutor(threads);
    executor.setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
    set(settings.getLockTimeInMillis(), executor::setLockTimeInMillis);
    set(settings.getMaxJobsPerAcquisition(), executor::setMaxJobsPerAcquisition);
    set(settings.getWaitTimeInMillis(), executor::setWaitTimeInMillis);
    set(settings.getMaxWait(), executor::setMaxWait);
    set(settings.getBackoffTimeInMillis(), executor::setBackoffTimeInMillis);
    set(settings.getMaxBackoff(), executor::setMaxBackoff);
    set(settings.getBackoffDecreaseThreshold(), executor::setBackoffDecreaseThreshold);
    set(settings.getWaitIncreaseFactor(), executor::setWaitIncreaseFactor);
    return executor;
  }

  private static <T> void set(T value, Consumer<T> setting) {
    Optional.ofNullable(value).ifPresent(setting);
  }

  private static Map<Object, Object> vocabulary(List<Step> steps, JobTrigger trigger) {
    Map<Object, Object> beans = new HashMap<>();
    steps.forEach(step -> beans.put(step.name(), new StepDelegate(step, trigger)));
    return beans;
  }
}
