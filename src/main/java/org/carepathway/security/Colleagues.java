package org.carepathway.security;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;

/** The people who work here: the local users, and whoever has signed in once. */
@Component
public class Colleagues {

  private final JdbcTemplate jdbc;
  private final Clock clock;

  Colleagues(JdbcTemplate jdbc, Clock clock, SignInSettings settings) {
    this.jdbc = jdbc;
    this.clock = clock;
    settings.users().forEach(user -> keep(user.name(), user.display(), user.roles(), null));
  }

  /** All, by the name that people read. */
  public List<Colleague> all() {
    return jdbc.query(
        "select name, display, roles from colleague order by display, name", Colleagues::map);
  }

  /** Those with at least one of these roles. */
  public List<Colleague> withRoles(Collection<String> roles) {
    return all().stream()
        .filter(colleague -> colleague.roles().stream().anyMatch(roles::contains))
        .toList();
  }

  public Optional<Colleague> find(String name) {
    return jdbc
        .query("select name, display, roles from colleague where name = ?", Colleagues::map, name)
        .stream()
        .findFirst();
  }

  @EventListener
  void signedIn(InteractiveAuthenticationSuccessEvent event) {
    Authentication who = event.getAuthentication();
    List<String> roles =
        who.getAuthorities().stream()
            .map(GrantedAuthority::getAuthority)
            .flatMap(authority -> Role.ofAuthority(authority).stream())
            .map(Role::code)
            .toList();
    keep(
        who.getName(),
        CurrentUser.display(who),
        roles,
        who.getPrincipal() instanceof KeycloakPerson person
            ? person.identity().teams().toArray(String[]::new)
            : null);
  }

  /** Who has signed in by Keycloak since then, as they were. */
  Optional<Remembered> remembered(String name, Instant since) {
    return jdbc
        .query(
            "select * from colleague where name = ? and teams is not null and seen_at >= ?",
            (row, number) ->
                new Remembered(
                    map(row, number), Set.of((String[]) row.getArray("teams").getArray())),
            name,
            Timestamp.from(since))
        .stream()
        .findFirst();
  }

  /**
   * @param teams whose patients they saw
   */
  record Remembered(Colleague colleague, Set<String> teams) {}

  private void keep(String name, String display, List<String> roles, String[] teams) {
    jdbc.update(
        """
        insert into colleague (name, display, roles, teams, seen_at) values (?, ?, ?, ?, ?)
        on conflict (name) do update
        set display = excluded.display, roles = excluded.roles, teams = excluded.teams,
            seen_at = excluded.seen_at\
        """,
        name,
        display,
        roles.toArray(String[]::new),
        teams,
        Timestamp.from(clock.instant()));
  }

  private static Colleague map(ResultSet row, int number) throws SQLException {
    Array roles = row.getArray("roles");
    return new Colleague(
        row.getString("name"), row.getString("display"), Set.of((String[]) roles.getArray()));
  }
}
