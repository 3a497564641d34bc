package org.carepathway.worklist;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code saved_view}: each team sees and changes its own. */
@Component
public class SavedViews {

  private final JdbcClient jdbc;
  private final CurrentUser user;
  private final Clock clock;

  SavedViews(JdbcClient jdbc, CurrentUser user, Clock clock) {
    this.jdbc = jdbc;
    this.user = user;
    this.clock = clock;
  }

  /** Those of the teams of who is signed in, by name. */
  public List<SavedView> mine() {
    return jdbc.sql(
            """
            select id, team, name, filter, created_by from saved_view
            where team = any (:teams) order by lower(name), team\
            """)
        .param("teams", teams())
        .query(
            (row, number) ->
                new SavedView(
                    row.getObject("id", UUID.class),
                    row.getString("team"),
                    row.getString("name"),
                    row.getString("filter"),
                    row.getString("created_by")))
        .list();
  }

  /**
   * Saves filters under a name for all teams of who is signed in; replaces what had that name.
   *
   * @param filter as in the address of the worklist
   */
  public void save(String name, String filter) {
    for (String team : teams()) {
      jdbc.sql(
              """
              insert into saved_view (id, team, name, filter, created_by, created_at)
              values (:id, :team, :name, :filter, :by, :now)
              on conflict (team, name) do update
              set filter = excluded.filter, created_by = excluded.created_by\
              """)
          .param("id", UUID.randomUUID())
          .param("team", team)
          .param("name", name)
          .param("filter", filter)
          .param("by", user.agent().name())
          .param("now", Timestamp.from(clock.instant()))
          .update();
    }
  }

  /** Deletes one of their teams'; another one's is left as it is. */
  public void delete(UUID id) {
    jdbc.sql("delete from saved_view where id = :id and team = any (:teams)")
        .param("id", id)
        .param("teams", teams())
        .update();
  }

  private String[] teams() {
    return user.roles().stream().map(Role::code).sorted().toArray(String[]::new);
  }
}
