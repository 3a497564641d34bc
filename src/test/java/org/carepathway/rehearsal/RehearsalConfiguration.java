package org.carepathway.rehearsal;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.executor.InterceptorService;
import ca.uhn.fhir.rest.server.util.FhirContextSearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration;
import org.carepathway.fhir.Conformance;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.fhir.FhirOperations;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/**
 * The service's own beans on the built-in PostgreSQL, without web server, job executor and HAPI's
 * JPA store: the FHIR record is in memory, time is the test's. No stereotype marks it, so that the
 * whole service's own scan does not find it.
 */
@ComponentScan(
    basePackages = {
      "org.carepathway.answers",
      "org.carepathway.calendar",
      "org.carepathway.capacity",
      "org.carepathway.content",
      "org.carepathway.database",
      "org.carepathway.deviation",
      "org.carepathway.document",
      "org.carepathway.engine",
      "org.carepathway.fact",
      "org.carepathway.form",
      "org.carepathway.pathway",
      "org.carepathway.record",
      "org.carepathway.report",
      "org.carepathway.scenario",
      "org.carepathway.step",
      "org.carepathway.task",
      "org.carepathway.template",
      "org.carepathway.waiting",
      "org.carepathway.worklist"
    },
    excludeFilters = {
      @Filter(
          type = FilterType.ASSIGNABLE_TYPE,
          classes = {FhirOperations.class, FhirInterceptor.class}),
      @Filter(type = FilterType.REGEX, pattern = ".*\\.web\\..*"),
      @Filter(type = FilterType.REGEX, pattern = ".*\\.EngineClock")
    })
@ComponentScan(
    basePackages = "org.carepathway.security",
    useDefaultFilters = false,
    includeFilters =
        @Filter(
            type = FilterType.REGEX,
            pattern =
                ".*\\.(CurrentUser|OnBehalf|Permissions|PatientScope|PatientTeams|BreakGlass|SeenPatients|Colleagues)"))
@ComponentScan(
    basePackages = {
      "org.carepathway.clock",
      "org.carepathway.booking",
      "org.carepathway.delivery",
      "org.carepathway.duty",
      "org.carepathway.weekplan"
    },
    useDefaultFilters = false,
    includeFilters =
        @Filter(
            type = FilterType.REGEX,
            pattern =
                ".*\\.(OneByOne|BookingLimits|Proposals|FittingTimes|Replan|BookingDuties|FreeAppointments|UnsentLetters|Duties|DutyRows|BookingOverride|Offers|WaitRows|WaitingPatients|WaitList|WaitDesk|WeekDemands|PresentBookings|WeekDesk|WeekAcceptance|WeekPlanner)"))
@ConfigurationPropertiesScan({
  "org.carepathway.calendar",
  "org.carepathway.capacity",
  "org.carepathway.clock",
  "org.carepathway.content",
  "org.carepathway.database",
  "org.carepathway.delivery",
  "org.carepathway.document",
  "org.carepathway.pathway",
  "org.carepathway.record",
  "org.carepathway.security",
  "org.carepathway.weekplan",
  "org.carepathway.worklist"
})
@EnableConfigurationProperties(DataSourceProperties.class)
@ImportAutoConfiguration({
  DataSourceTransactionManagerAutoConfiguration.class,
  TransactionAutoConfiguration.class,
  JdbcClientAutoConfiguration.class,
  JdbcTemplateAutoConfiguration.class,
  FlywayAutoConfiguration.class,
  JacksonAutoConfiguration.class,
  MessageSourceAutoConfiguration.class,
  ThymeleafAutoConfiguration.class,
  CamundaBpmAutoConfiguration.class
})
class RehearsalConfiguration {

  @Bean
  RehearsalClock clock() {
    return new RehearsalClock();
  }

  @Bean
  static BeanPostProcessor worlds() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource database ? new Worlds(database) : bean;
      }
    };
  }

  @Bean
  FhirContext fhirContext() {
    return FhirContext.forR4Cached();
  }

  @Bean
  Conformance conformance(FhirContext fhirContext) {
    return new Conformance(fhirContext);
  }

  @Bean
  ISearchParamRegistry searchParameters(FhirContext fhirContext) {
    return new FhirContextSearchParamRegistry(fhirContext);
  }

  @Bean
  InterceptorService interceptors() {
    return new InterceptorService();
  }

  @Bean
  MemoryStore store(FhirContext fhirContext, InterceptorService interceptors) {
    return new MemoryStore(fhirContext, interceptors);
  }

  @Bean
  SequenceFlows sequenceFlows() {
    return new SequenceFlows();
  }

  @Bean
  ProcessEnginePlugin coveragePlugin(SequenceFlows flows) {
    return new AbstractProcessEnginePlugin() {
      @Override
      public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setCustomPreBPMNParseListeners(new ArrayList<>(List.of(flows)));
      }
    };
  }
}
