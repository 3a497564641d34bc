package org.carepathway.bench;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows of many patients on a pathway, as lists read them: each with a stage, an open task, a
 * coordinator and a waiting time, a week longer than the one before. They have no record behind
 * them, so nothing opens them.
 *
 * @param like a pathway whose key, version and task they copy
 */
public record ManyPatients(JdbcClient jdbc, UUID like) {

  private static final String MARK = "many-";

  public void add(int count, String coordinator) {
    jdbc.sql(
            """
            insert into pathway (id, pathway_key, version, patient_id, referral_id, referral_key,
                                 care_plan_id, episode_id, status, started_at)
            select md5(:mark || n)::uuid, pathway_key, version, :mark || n, :mark || n, :mark || n,
                   :mark || n, :mark || n, 'active', started_at - n * interval '1 week'
            from pathway, generate_series(1, :count) n where id = :like\
            """)
        .param("mark", MARK)
        .param("count", count)
        .param("like", like)
        .update();
    each(
        """
        insert into patient_index (patient_id, name, sort_name, mrn, born, words, parts)
        select patient_id, name, name, mrn, date '1935-01-01' + n * 37, w, w
        from (select patient_id, substring(patient_id from 6)::int as n from pathway
              where patient_id like :mark || '%') p
        cross join lateral (select 'Many Patient' || n as name, 'MANY' || n as mrn) x
        cross join lateral (
          select array_to_tsvector(array['many', 'patient' || n, 'many' || n]) as w) y\
        """);
    each(
        """
        insert into pathway_stage (pathway_id, element, name, place, entered_at)
        select id, 'Imaging', 'Imaging', 2, started_at + interval '2 days' from pathway
        where patient_id like :mark || '%'\
        """);
    jdbc.sql(
            """
            insert into pathway_coordinator (pathway_id, name, display, since)
            select id, :name, :name, started_at from pathway where patient_id like :mark || '%'\
            """)
        .param("mark", MARK)
        .param("name", coordinator)
        .update();
    each(
        """
        insert into waiting_clock (pathway_id, state, since, days, paused_days, breach_at)
        select id, 'running', started_at, extract(day from now() - started_at)::int, 0,
               started_at + interval '90 days'
        from pathway where patient_id like :mark || '%'\
        """);
    each(
        """
        insert into patient_team (patient_id, team)
        select p.patient_id, t.team from pathway p,
               (select distinct team from patient_team limit 1) t
        where p.patient_id like :mark || '%' on conflict do nothing\
        """);
    jdbc.sql(
            """
            insert into work_item (id, engine_task_id, pathway_id, patient_id, patient_name, element,
                                   title, role, form, status, priority, risk, due_at, created_at,
                                   version, mrn, born, stage, site, event, event_by, event_at, words)
            select gen_random_uuid(), p.patient_id, p.id, p.patient_id, i.name, w.element, w.title,
                   w.role, w.form, 'ready', w.priority, w.risk, now() + interval '3 days', now(), 1,
                   i.mrn, i.born, w.stage, w.site, w.event, w.event_by, now(), i.words
            from pathway p join patient_index i on i.patient_id = p.patient_id,
                 (select * from work_item where pathway_id = :like order by created_at limit 1) w
            where p.patient_id like :mark || '%'\
            """)
        .param("mark", MARK)
        .param("like", like)
        .update();
  }

  /** Other tests share the service. */
  public void remove() {
    for (String table :
        new String[] {"work_item", "waiting_clock", "pathway_coordinator", "pathway_stage"}) {
      each(
          "delete from %s where pathway_id in (select id from pathway where patient_id like :mark || '%%')"
              .formatted(table));
    }
    each("delete from pathway where patient_id like :mark || '%'");
    each("delete from patient_index where patient_id like :mark || '%'");
    each("delete from patient_team where patient_id like :mark || '%'");
  }

  private void each(String sql) {
    jdbc.sql(sql).param("mark", MARK).update();
  }
}
