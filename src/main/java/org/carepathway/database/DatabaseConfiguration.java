package org.carepathway.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
  @ConfigurationProperties("spring.datasource.hikari")
  HikariDataSource dataSource(
      DataSourceProperties properties, ObjectProvider<BuiltInPostgres> builtIn) {
    BuiltInPostgres server = builtIn.getIfAvailable();
    if (server != null) {
      properties.setUrl(server.url());
      properties.setUsername("postgres");
      properties.setPassword("postgres");
    }
    requireReachable(properties);
    return properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
  }

  /** Asked once before the pool starts, so that a wrong setting is told plainly. */
  private static void requireReachable(DataSourceProperties properties) {
    String url = properties.getUrl();
    try (Connection connection =
        DriverManager.getConnection(url, properties.getUsername(), properties.getPassword())) {
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
