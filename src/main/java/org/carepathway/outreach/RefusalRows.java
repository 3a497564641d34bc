package org.carepathway.outreach;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code outreach_refusal}. */
@Repository
class RefusalRows {

  private final JdbcClient jdbc;

  RefusalRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** By which channels this record of a patient says not to write. */
  List<Channel> refused(String patient) {
    return jdbc
        .sql("select channel from outreach_refusal where patient = :patient")
        .param("patient", patient)
        .query(String.class)
        .list()
        .stream()
        .flatMap(code -> Channel.ofCode(code).stream())
        .toList();
  }

  /** The patient does not want to be written to by this channel any more. */
  void refuse(String patient, Channel channel, String by, Instant at) {
    jdbc.sql(
            """
            insert into outreach_refusal (patient, channel, said_by, at)
            values (:patient, :channel, :by, :at)
            on conflict do nothing""")
        .param("patient", patient)
        .param("channel", channel.code())
        .param("by", by)
        .param("at", Timestamp.from(at))
        .update();
  }

  /** The patient may be written to by this channel again. */
  void accept(String patient, Channel channel) {
    jdbc.sql("delete from outreach_refusal where patient = :patient and channel = :channel")
        .param("patient", patient)
        .param("channel", channel.code())
        .update();
  }
}
