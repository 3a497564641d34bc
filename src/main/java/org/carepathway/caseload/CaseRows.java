package org.carepathway.caseload;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.carepathway.caseload.CaseFilter.View;
import org.carepathway.engine.Waiting;
import org.carepathway.security.ListedPatients;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Pathways with all that a list of them shows, read at once. */
@Repository
class CaseRows {

  private final JdbcClient jdbc;

  CaseRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How many patients each view has. */
  record Counts(int mine, int open, int stuck, int ended) {}

  Counts counts(ListedPatients listed, Collection<String> me, Instant now) {
    List<Object> values = from(listed, now);
    values.add(me.toArray(String[]::new));
    return jdbc.sql(
            cases(listed)
                + """
                select count(*) filter (where status = 'active' and coordinator = any (?)),
                       count(*) filter (where status = 'active'),
                       count(*) filter (where stuck),
                       count(*) filter (where status <> 'active')
                from cases\
                """)
        .params(values)
        .query(
            (row, number) -> new Counts(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)))
        .single();
  }

  List<Share> shares(ListedPatients listed, Instant now) {
    return jdbc.sql(
            cases(listed)
                + "select coordinator, coordinator_name, count(*) as patients from cases"
                + " where status = 'active' and coordinator is not null"
                + " group by coordinator, coordinator_name order by coordinator_name, coordinator")
        .params(from(listed, now))
        .query(
            (row, number) ->
                new Share(
                    row.getString("coordinator"),
                    row.getString("coordinator_name"),
                    row.getInt("patients")))
        .list();
  }

  /** The stages at which patients stand, in the order of their pathways. */
  List<String> stages(ListedPatients listed, Instant now) {
    return jdbc.sql(
            cases(listed)
                + "select stage from cases where status = 'active' and stage is not null"
                + " group by stage order by min(place), stage")
        .params(from(listed, now))
        .query(String.class)
        .list();
  }

  /**
   * @param me sign-in names whose patients are those of who asks
   */
  List<Case> find(
      CaseFilter filter,
      ListedPatients listed,
      Collection<String> me,
      Instant now,
      int offset,
      int limit) {
    List<Object> values = from(listed, now);
    StringBuilder sql = new StringBuilder(cases(listed)).append("select * from cases where ");
    sql.append(
        switch (filter.view()) {
          case MINE -> "status = 'active' and coordinator = any (?)";
          case OPEN -> "status = 'active'";
          case STUCK -> "stuck";
          case ENDED -> "status <> 'active'";
        });
    if (filter.view() == View.MINE) {
      values.add(me.toArray(String[]::new));
    }
    if (filter.stage() != null) {
      sql.append(" and stage = ?");
      values.add(filter.stage());
    }
    sql.append(" order by ")
        .append(filter.sort().column())
        .append(filter.descending() ? " desc" : "")
        .append(" nulls last, sort_name nulls last, id limit ? offset ?");
    values.add(limit);
    values.add(offset);
    return jdbc.sql(sql.toString()).params(values).query(CaseRow::map).list();
  }

  /** Values of {@link #cases}, to which others are added. */
  static List<Object> from(ListedPatients listed, Instant now) {
    List<Object> values = new ArrayList<>();
    values.add(Timestamp.from(now));
    values.add(Timestamp.from(now));
    values.addAll(listed.values());
    return values;
  }

  /** Its parameters are those of {@link #from}. */
  static String cases(ListedPatients listed) {
    return """
    with rows as (
      select p.id, p.pathway_key, p.version, p.patient_id, p.status, p.outcome, p.started_at,
             p.ended_at, i.name, i.sort_name, i.mrn, i.born, s.name as stage, s.place,
             s.entered_at, c.name as coordinator, c.display as coordinator_name, t.*, w.until,
             w.process, w.element, k.state as wait, k.days as wait_days, k.breach_at,
             k.stopped_at, case when k.state <> 'stopped' then k.breach_at end as wait_until,
             k.state <> 'paused' and k.breach_at < coalesce(k.stopped_at, ?) as breached, p.status = 'active' and %s as failed
      from pathway p
      left join patient_index i on i.patient_id = p.patient_id
      left join waiting_clock k on k.pathway_id = p.id
      left join pathway_coordinator c on c.pathway_id = p.id
      left join lateral (
        select name, place, entered_at from pathway_stage
        where pathway_id = p.id and (left_at is null or p.status <> 'active')
        order by entered_at desc, place desc limit 1) s on true
      left join lateral (
        select count(*) as tasks, min(due_at) as due_at, coalesce(bool_or(due_at < ?), false) as overdue,
               bool_or(escalated_to is not null) as escalated,
               (array_agg(id order by due_at nulls last, created_at, id))[1] as task,
               (array_agg(title order by due_at nulls last, created_at, id))[1] as title,
               (array_agg(role order by due_at nulls last, created_at, id))[1] as role,
               (array_agg(owner_name order by due_at nulls last, created_at, id))[1] as owner_name,
               (array_agg(created_at order by due_at nulls last, created_at, id))[1] as created_at
        from work_item
        where pathway_id = p.id and status in ('ready', 'in-progress')) t on true
      left join lateral (%s) w on p.status = 'active'
      where %s),
    cases as (
      select *, status = 'active'
                and (overdue or escalated or failed or (tasks = 0 and until is null)) as stuck
      from rows)
    """
        .formatted(
            Waiting.hasFailed("p.id"), Waiting.next("p.id"), listed.condition("p.patient_id"));
  }
}
