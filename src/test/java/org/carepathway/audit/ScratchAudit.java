package org.carepathway.audit;

import ca.uhn.fhir.context.FhirContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables of the audit in a database of their own, to be tampered with for good. */
final class ScratchAudit {

  static final String KEY = "secret-of-the-tests";

  private final DataSource service;
  private final String name = "audit_" + UUID.randomUUID().toString().replace("-", "");
  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private final List<Audit> replicas = new ArrayList<>();

  /**
   * @param service the suite's database, whose server this one is made in
   */
  ScratchAudit(DataSource service) throws SQLException {
    this.service = service;
    database.setUser("postgres");
    database.setPassword("postgres");
    try (Connection connection = service.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
      String url = connection.getMetaData().getURL();
      database.setUrl(url.replaceFirst("/postgres\\b", "/" + name));
    }
    Flyway.configure().dataSource(database).load().migrate();
  }

  String url() {
    return database.getUrl();
  }

  /** One replica of the service, as far as the audit goes. */
  Audit replica() {
    return replica(KEY);
  }

  /**
   * @param formerKeys the newest first
   */
  Audit replica(String key, String... formerKeys) {
    JdbcTemplate jdbc = new JdbcTemplate(database);
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    Audit audit =
        new Audit(
            new AuditRows(new NamedParameterJdbcTemplate(jdbc), FhirContext.forR4Cached()),
            new AuditChain(jdbc, transaction, keys(key, formerKeys)),
            transaction);
    replicas.add(audit);
    return audit;
  }

  static AuditEntry read(String who) {
    return AuditEntry.now(
        AuditKind.READ, true, who, who, "", "GET /x", List.of("p"), false, List.of(), "");
  }

  Connection connection() throws SQLException {
    return database.getConnection();
  }

  JdbcTemplate jdbc() {
    return new JdbcTemplate(database);
  }

  AuditVerifier.Result verify() throws SQLException {
    return verify(KEY);
  }

  AuditVerifier.Result verify(String key, String... formerKeys) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return new AuditVerifier(connection, keys(key, formerKeys)).verify(Optional.empty());
    }
  }

  static AuditKeys keys(String key, String... formerKeys) {
    return new AuditKeys(new AuditSettings(key, List.of(formerKeys)), new MockEnvironment());
  }

  /** The replicas stop as the service does. */
  void drop() throws InterruptedException {
    for (Audit replica : replicas) {
      replica.stop();
    }
    new JdbcTemplate(service).execute("drop database " + name + " with (force)");
  }
}
