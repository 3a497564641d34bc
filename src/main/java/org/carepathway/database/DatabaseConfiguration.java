package org.carepathway.database;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.DispatcherType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.LocaleResolver;
import org.thymeleaf.ITemplateEngine;

/**
 * The one DataSource: the hospital's PostgreSQL when {@code spring.datasource.url} is set, the
 * built-in one otherwise.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  @Bean(destroyMethod = "close")
  @ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "-")
  BuiltInPostgres builtInPostgres(DatabaseSettings settings) {
    return new BuiltInPostgres(settings.directory());
  }

  @Bean
  DatabaseWatch databaseWatch(
      DataSourceProperties properties, ObjectProvider<BuiltInPostgres> builtIn) {
    Optional<BuiltInPostgres> server = Optional.ofNullable(builtIn.getIfAvailable());
    server.ifPresent(
        own -> {
          properties.setUrl(own.url());
          properties.setUsername("postgres");
          properties.setPassword("postgres");
        });
    return new DatabaseWatch(new Probe(properties), server);
  }

  @Bean
  @ConfigurationProperties("spring.datasource.hikari")
  Connections dataSource(DataSourceProperties properties, DatabaseWatch watch) {
    requireReachable(properties);
    Connections pool = properties.initializeDataSourceBuilder().type(Connections.class).build();
    watch.guard(pool);
    return pool;
  }

  /** Part of the readiness: an outage takes no connection of the pool and starts nothing anew. */
  @Bean
  HealthIndicator databaseHealthIndicator(DatabaseWatch watch) {
    return () -> (watch.isAway() ? Health.down() : Health.up()).build();
  }

  @Bean
  @ConditionalOnWebApplication
  FilterRegistrationBean<OutageAnswers> outageAnswers(
      DatabaseWatch watch,
      FhirContext fhirContext,
      ITemplateEngine templates,
      LocaleResolver locales) {
    FilterRegistrationBean<OutageAnswers> registration =
        new FilterRegistrationBean<>(
            new OutageAnswers(watch, new OutagePage(templates, locales), fhirContext));
    // Before the sessions, which are in the database, too.
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    return registration;
  }

  /** Asked once before the pool starts, so that a wrong setting is told plainly. */
  private static void requireReachable(DataSourceProperties properties) {
    String url = properties.getUrl();
    try (Connection connection = new Probe(properties).open()) {
      if (!"PostgreSQL".equals(connection.getMetaData().getDatabaseProductName())) {
        throw new DatabaseUnavailableException(
            "The database at " + url + " is not PostgreSQL.",
            "Point spring.datasource.url at PostgreSQL 15 or later.",
            null);
      }
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(
          "The database at " + url + " cannot be reached: " + e.getMessage(),
          "Check spring.datasource.url, username and password and that PostgreSQL is running;"
              + " leave the url out to use the built-in one.",
          e);
    }
  }
}
