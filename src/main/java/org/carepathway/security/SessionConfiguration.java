package org.carepathway.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;

/** Sessions stay in the database, which all replicas share. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

  /**
   * Two requests of one browser may keep the same thing for the first time, such as a page and the
   * alarms in its head the CSRF token: the later one wins, where the plain insert would fail
   * (Spring Session, JDBC, "Customizing SQL queries").
   */
  @Bean
  PostgreSqlJdbcIndexedSessionRepositoryCustomizer keepTheLater() {
    return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
  }
}
