package org.carepathway.database;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL of a test's own, which gives empty databases. */
public final class ScratchPostgres implements AutoCloseable {

  private final Path home;
  private final BuiltInPostgres postgres;

  /**
   * @param home a folder of the test's own
   */
  public ScratchPostgres(Path home) throws Exception {
    FileSystemUtils.deleteRecursively(home);
    this.home = home;
    postgres = new BuiltInPostgres(home);
  }

  /** An empty database. */
  public HikariDataSource database() {
    return open(url());
  }

  /** The address of an empty database. */
  public String url() {
    String name = "scratch_" + UUID.randomUUID().toString().replace("-", "");
    new JdbcTemplate(new DriverManagerDataSource(postgres.url()))
        .execute("create database " + name);
    return postgres.url().replaceFirst("/postgres\\b", "/" + name);
  }

  public static HikariDataSource open(String url) {
    HikariDataSource database = new HikariDataSource();
    database.setJdbcUrl(url);
    database.setUsername("postgres");
    database.setConnectionTimeout(5000);
    return database;
  }

  /** Kills it (SIGKILL) and starts it again at the same address. */
  public void kill() {
    new Postmaster(BuiltInPostgres.cluster(home)).kill();
    postgres.restore(Duration.ZERO);
  }

  @Override
  public void close() throws java.io.IOException {
    postgres.close();
  }
}
