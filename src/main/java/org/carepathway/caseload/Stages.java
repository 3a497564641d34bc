package org.carepathway.caseload;

import java.sql.Timestamp;
import java.time.Clock;
import org.carepathway.engine.StageChanged;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code pathway_stage}, kept in step with the engine, in its transaction. */
@Repository
class Stages {

  private final JdbcClient jdbc;
  private final Clock clock;

  Stages(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @EventListener
  void on(StageChanged event) {
    jdbc.sql(event.entered() ? ENTER : LEAVE)
        .param("pathway", event.pathwayId())
        .param("element", event.element())
        .param("name", event.name())
        .param("place", event.place())
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }

  private static final String ENTER =
      """
      insert into pathway_stage (pathway_id, element, name, place, entered_at)
      values (:pathway, :element, :name, :place, :now)
      on conflict (pathway_id, element) do update
      set name = excluded.name, place = excluded.place, entered_at = excluded.entered_at,
          left_at = null\
      """;

  private static final String LEAVE =
      """
      update pathway_stage set left_at = :now
      where pathway_id = :pathway and element = :element\
      """;
}
