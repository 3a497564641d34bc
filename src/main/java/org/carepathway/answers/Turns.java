package org.carepathway.answers;

import org.carepathway.form.Form;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A form that is checked against the data of other patients, such as the bookings of a room, is
 * submitted by one after the other: two at the same time would not see each other. Who has the turn
 * keeps it until the transaction ends.
 */
@Component
class Turns {

  private static final long LOCK = 0x5475726e73L;

  private final JdbcTemplate jdbc;

  Turns(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void take(Form form) {
    if (form.looksBeyondThePatient()) {
      jdbc.query("select pg_advisory_xact_lock(?)", row -> {}, LOCK);
    }
  }
}
