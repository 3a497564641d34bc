package org.carepathway.bench;

import java.util.ArrayList;
import java.util.List;
import org.carepathway.security.ActAs;
import org.carepathway.security.Role;
import org.carepathway.worklist.Filter;
import org.carepathway.worklist.Filter.Scope;
import org.carepathway.worklist.WorklistPages;
import org.springframework.jdbc.core.JdbcTemplate;

/** How long a page of 50 open tasks takes at the service. */
record WorklistPage(WorklistPages pages, JdbcTemplate jdbc) {

  static final int PAGE = 50;
  private static final int WARM_UP = 300;
  private static final int CALLS = 1000;
  private static final String MARK = "bench/";

  /** Copies what tasks there are until about this many more are open; only the table is filled. */
  void addOpenTasks(int count) {
    add(count, "ready", "open/");
  }

  /** The same for tasks that are done. */
  void addFinishedTasks(int count) {
    add(count, "completed", "done/");
  }

  private void add(int count, String status, String mark) {
    jdbc.update(
        """
        insert into work_item (id, engine_task_id, pathway_id, patient_id, patient_name, element,
                               title, role, form, status, priority, risk, due_at, created_at,
                               ended_at, version, mrn, born, stage, site, handed_by, owner,
                               owner_name, event, event_by, event_at, words)
        select gen_random_uuid(), ? || n, w.pathway_id, 'bench-' || n % 20000, name, w.element, w.title,
               (array['coordinator', 'ir-physician', 'ir-nurse', 'scheduler'])[1 + n % 4], w.form,
               s, (n % 7 / 2) * 25, (n % 7 / 2) * 25,
               now() + (n % 40000 - 2000) * interval '1 minute', now() - n % 20000 * interval '1 minute',
               case when s = 'completed' then now() end, 1, 'MRN' || n, '1940-01-01',
               'Stage ' || n % 9, 'Site ' || n % 5, 'person' || n % 60,
               case when n % 3 = 0 then 'person' || n % 60 end,
               case when n % 3 = 0 then 'Person ' || n % 60 end,
               'created', 'Person ' || n % 60, now(),
               array_to_tsvector(array['mrn' || n, 'name' || n % 20000, 'family' || n % 5000])
        from generate_series(1, ?) n
        cross join lateral (select ?::text as s, 'Name' || n % 20000 || ' Family' || n % 5000 as name) x
        join (select *, row_number() over (order by id) - 1 as k, count(*) over () as size
              from work_item where engine_task_id not like 'bench/%') w on w.k = n % w.size\
        """,
        MARK + mark, count, status);
  }

  /** Every tenth patient is cared for by the one team, the others by another. */
  void addPatients() {
    jdbc.update(
        """
        insert into patient_team (patient_id, team)
        select 'bench-' || n, case when n % 10 = 0 then 'north/spine' else 'south/spine' end
        from generate_series(0, 19999) n on conflict do nothing\
        """);
    jdbc.execute("vacuum analyze patient_team");
  }

  void analyze() {
    jdbc.execute("vacuum analyze work_item");
  }

  void removeAddedTasks() {
    jdbc.update("delete from work_item where engine_task_id like ? || '%'", MARK);
    jdbc.update("delete from patient_team where patient_id like ? || '%'", "bench-");
  }

  long open() {
    return jdbc.queryForObject(
        "select count(*) from work_item where status in ('ready', 'in-progress')", Long.class);
  }

  /** Sorted milliseconds of each call, as the coordinator. */
  List<Double> ofOneRole() {
    return millis(Filter.of(Scope.TEAM), null);
  }

  /** Sorted milliseconds of each call for all roles, which a service manager asks for. */
  List<Double> ofAllRoles() {
    return millis(Filter.of(Scope.EVERYONE), null);
  }

  /** Sorted milliseconds of each call of a page, as the coordinator. */
  List<Double> millis(Filter filter, String after) {
    return ActAs.role(Role.COORDINATOR, "person1", "Person 1", () -> mine(filter, after));
  }

  /** The same as who is signed in. */
  List<Double> mine(Filter filter, String after) {
    for (int i = 0; i < WARM_UP; i++) {
      pages.page(filter, after, PAGE);
    }
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      long begin = System.nanoTime();
      pages.page(filter, after, PAGE);
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    return millis.stream().sorted().toList();
  }
}
