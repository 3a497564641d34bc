package org.carepathway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.carepathway.security.ActAs;
import org.carepathway.security.Role;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.springframework.jdbc.core.JdbcTemplate;

/** How long a page of 50 open tasks takes at the service. */
record WorklistPage(Worklist worklist, JdbcTemplate jdbc) {

  private static final int PAGE = 50;
  private static final int WARM_UP = 300;
  private static final int CALLS = 1000;
  private static final String MARK = "bench/";

  /** Copies what tasks there are until about this many more are open; only the table is filled. */
  void addOpenTasks(int count) {
    jdbc.update(
        """
        insert into work_item (id, engine_task_id, pathway_id, patient_id, patient_name, element,
                               title, role, form, status, priority, due_at, created_at, version)
        select gen_random_uuid(), ? || n, w.pathway_id, w.patient_id, w.patient_name, w.element,
               w.title, w.role, w.form, 'ready', (n % 4) * 25, now() + n * interval '1 minute',
               now(), 1
        from generate_series(1, ?) n
        join (select *, row_number() over (order by id) - 1 as k, count(*) over () as size
              from work_item) w on w.k = n % w.size""",
        MARK, count);
    jdbc.execute("analyze work_item");
  }

  void removeAddedTasks() {
    jdbc.update("delete from work_item where engine_task_id like ? || '%'", MARK);
  }

  long open() {
    return jdbc.queryForObject(
        "select count(*) from work_item where status in ('ready', 'in-progress')", Long.class);
  }

  /** Sorted milliseconds of each call, as the coordinator. */
  List<Double> ofOneRole() {
    return ActAs.role(
        Role.COORDINATOR, "coordinator", "coordinator", () -> measure(() -> worklist.mine(PAGE)));
  }

  /** Sorted milliseconds of each call for all roles, which a service manager asks for. */
  List<Double> ofAllRoles() {
    return measure(() -> worklist.all(PAGE));
  }

  private static List<Double> measure(Supplier<List<WorkItem>> page) {
    for (int i = 0; i < WARM_UP; i++) {
      page.get();
    }
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      long begin = System.nanoTime();
      page.get();
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    return millis.stream().sorted().toList();
  }
}
