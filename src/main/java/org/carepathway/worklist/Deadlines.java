package org.carepathway.worklist;

import static java.sql.Types.TIMESTAMP;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * When something happens to the open items of the table {@code work_item} by itself: they get
 * urgent, are escalated, or are due on another day of the site's calendar. Nobody who listens is
 * told.
 */
@Repository
class Deadlines {

  private final JdbcClient jdbc;

  Deadlines(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Open items that were to be escalated by then, the oldest first. */
  List<UUID> toEscalate(Instant now, int limit) {
    return jdbc.sql(
            """
            select id from work_item
            where status in ('ready', 'in-progress') and escalated_at is null
              and escalate_at <= :now
            order by escalate_at limit :limit\
            """)
        .param("now", WorkItems.timestamp(now))
        .param("limit", limit)
        .query(UUID.class)
        .list();
  }

  /** Open items whose patient may be more urgent by then, the oldest first. */
  List<UUID> toHasten(Instant now, int limit) {
    return jdbc.sql(
            """
            select id from work_item
            where status in ('ready', 'in-progress') and hasten_at <= :now
            order by hasten_at limit :limit\
            """)
        .param("now", WorkItems.timestamp(now))
        .param("limit", limit)
        .query(UUID.class)
        .list();
  }

  /**
   * @param at when to look next whether the patient is more urgent; null for never
   */
  void hasten(UUID id, Instant at) {
    jdbc.sql("update work_item set hasten_at = :at where id = :id")
        .param("id", id)
        .param("at", WorkItems.timestamp(at), TIMESTAMP)
        .update();
  }

  /**
   * @param limit that the due date was worked out from; null where no calendar moves it
   */
  void dueAfter(UUID id, String limit) {
    if (limit != null) {
      jdbc.sql("update work_item set due_after = :limit where id = :id")
          .param("id", id)
          .param("limit", limit)
          .update();
    }
  }

  /** Open items that the site's calendar can move, with the limit of each. */
  Map<UUID, String> onTheCalendar() {
    Map<UUID, String> limits = new LinkedHashMap<>();
    jdbc.sql(
            """
            select id, due_after from work_item
            where status in ('ready', 'in-progress') and due_after is not null
            order by due_at, id\
            """)
        .query(
            row -> {
              limits.put(row.getObject(1, UUID.class), row.getString(2));
            });
    return limits;
  }

  void moveDue(WorkItem item) {
    jdbc.sql("update work_item set due_at = :due, escalate_at = :escalate where id = :id")
        .param("id", item.id())
        .param("due", WorkItems.timestamp(item.dueAt()), TIMESTAMP)
        .param("escalate", WorkItems.timestamp(item.about().escalateAt()), TIMESTAMP)
        .update();
  }
}
