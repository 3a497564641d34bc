package org.carepathway.rehearsal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Patients who travel on different threads know nothing of each other, so each thread has its own
 * rooms, people and messages: its own copies of the tables of capacity and outreach, before those
 * of the service on the search path. All other tables are shared.
 */
final class Worlds extends DelegatingDataSource {

  private static final List<String> TABLES =
      List.of(
          "capacity_actor",
          "capacity_session",
          "capacity_exception",
          "capacity_claim",
          "capacity_look",
          "capacity_override",
          "capacity_freed",
          "duty",
          "booking_wait",
          "booking_offer",
          "outreach_matter",
          "outreach_message",
          "outreach_link",
          "outreach_proof",
          "outreach_refusal");
  private static final ThreadLocal<String> WORLD = new ThreadLocal<>();

  Worlds(DataSource database) {
    super(database);
  }

  /** This thread is back among all others, wherever the last patient travelled on it. */
  static void end() {
    WORLD.remove();
  }

  /** An empty world for who sets out on this thread. */
  static void begin(JdbcTemplate jdbc) {
    String world = "world_" + Thread.currentThread().getId();
    end();
    jdbc.execute("create schema if not exists " + world);
    for (String table : TABLES) {
      jdbc.execute(
          "create table if not exists %s.%s (like public.%s including all)"
              .formatted(world, table, table));
      jdbc.execute("delete from %s.%s".formatted(world, table));
    }
    WORLD.set(world);
  }

  @Override
  public Connection getConnection() throws SQLException {
    LongTransaction open = LongTransaction.open();
    Connection connection = open == null ? super.getConnection() : open.part();
    try (Statement statement = connection.createStatement()) {
      String world = WORLD.get();
      statement.execute("set search_path to " + (world == null ? "public" : world + ", public"));
    }
    return connection;
  }
}
