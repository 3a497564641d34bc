package org.carepathway.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The service's database, by the same settings, for a command that runs beside the service or
 * without it. The built-in one is started where it does not run, and never made.
 */
@EnableConfigurationProperties({DatabaseSettings.class, DataSourceProperties.class})
public final class CommandDatabase implements AutoCloseable {

  private final DataSourceProperties properties;
  private BuiltInPostgres started;

  CommandDatabase(DataSourceProperties properties, DatabaseSettings settings) {
    this.properties = properties;
    if (properties.getUrl() == null) {
      properties.setUrl(builtIn(settings.directory().toAbsolutePath().normalize()));
      properties.setUsername("postgres");
      properties.setPassword("postgres");
    }
  }

  public Connection open() throws SQLException {
    return DriverManager.getConnection(
        properties.getUrl(), properties.getUsername(), properties.getPassword());
  }

  @Override
  public void close() throws IOException {
    if (started != null) {
      started.close();
    }
  }

  private String builtIn(Path home) {
    if (!Files.isDirectory(BuiltInPostgres.cluster(home))) {
      throw new DatabaseUnavailableException(
          "There is no built-in database in " + home + ".",
          "Name its folder with carepathway.database.directory, or your own PostgreSQL with"
              + " spring.datasource.url (SPRING_DATASOURCE_URL, _USERNAME and _PASSWORD).",
          null);
    }
    return BuiltInPostgres.running(home)
        .orElseGet(
            () -> {
              started = new BuiltInPostgres(home);
              return started.url();
            });
  }
}
