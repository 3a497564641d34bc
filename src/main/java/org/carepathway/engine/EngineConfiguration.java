package org.carepathway.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Fits the engine to the service: content can call the vocabulary and nothing else. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

  /** Waits before each retry of a failed job; then it becomes an incident. */
  private static final String RETRIES = "PT10S,PT1M,PT10M";

  @Bean
  ProcessEnginePlugin vocabularyPlugin(
      @org.springframework.context.annotation.Lazy List<Step> steps,
      @org.springframework.context.annotation.Lazy JobTrigger trigger,
      @org.springframework.context.annotation.Lazy TaskEvents taskEvents,
      Decisions decisions) {
    return new AbstractProcessEnginePlugin() {
      @Override
      public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setBeans(vocabulary(steps, trigger));
        configuration.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(taskEvents)));
        configuration.setExpressionManager(null);
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

  private static Map<Object, Object> vocabulary(List<Step> steps, JobTrigger trigger) {
    Map<Object, Object> beans = new HashMap<>();
    steps.forEach(step -> beans.put(step.name(), new StepDelegate(step, trigger)));
    return beans;
  }
}
