package org.carepathway.inbox;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** The inbox on a PostgreSQL that is not there. */
public final class UnreachableInbox {

  private UnreachableInbox() {}

  public static Inbox inbox() {
    DriverManagerDataSource nowhere =
        new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none", "nobody", "");
    JdbcTemplate jdbc = new JdbcTemplate(nowhere);
    return new Inbox(
        new ArrivalRows(jdbc),
        new InboxRows(jdbc),
        new TransactionTemplate(new DataSourceTransactionManager(nowhere)),
        event -> {},
        new SimpleMeterRegistry());
  }
}
