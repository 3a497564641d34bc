package org.carepathway.worklist;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.Role;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table {@code saved_view}: each team sees and changes its own. */
@Component
public class SavedViews {

  private final JdbcTemplate jdbc;
  private final CurrentUser user;
  private final Clock clock;

  SavedViews(JdbcTemplate jdbc, CurrentUser user, Clock clock) {
    this.jdbc = jdbc;
    this.user = user;
    this.clock = clock;
  }

  /** Those of the teams of who is signed in, by name. */
  public List<SavedView> mine() {
    return jdbc.query(
        """
        select id, team, name, filter, created_by from saved_view
        where team = any (?) order by lower(name), team\
        """,
        (row, number) ->
            new SavedView(
                row.getObject("id", UUID.class),
                row.getString("team"),
                row.getString("name"),
                row.getString("filter"),
                row.getString("created_by")),
        (Object) teams());
  }

  /**
   * Saves filters under a name for all teams of who is signed in; replaces what had that name.
   *
   * @param filter as in the address of the worklist
   */
  public void save(String name, String filter) {
    for (String team : teams()) {
      jdbc.update(
          """
          insert into saved_view (id, team, name, filter, created_by, created_at)
          values (?, ?, ?, ?, ?, ?)
          on conflict (team, name) do update
          set filter = excluded.filter, created_by = excluded.created_by\
          """,
          UUID.randomUUID(),
          team,
          name,
          filter,
          user.agent().name(),
          Timestamp.from(clock.instant()));
    }
  }

  /** Deletes one of their teams'; another one's is left as it is. */
  public void delete(UUID id) {
    jdbc.update("delete from saved_view where id = ? and team = any (?)", id, teams());
  }

  private String[] teams() {
    return user.roles().stream().map(Role::code).sorted().toArray(String[]::new);
  }
}
