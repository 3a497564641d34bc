package org.carepathway.capacity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code capacity_actor}. */
@Repository
class Actors {

  private final JdbcClient jdbc;

  Actors(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those in use, by kind and name. */
  List<Actor> all() {
    return jdbc.sql("select * from capacity_actor where active order by kind, name")
        .query(Actors::map)
        .list();
  }

  Optional<Actor> find(long id) {
    return jdbc.sql("select * from capacity_actor where id = :id")
        .param("id", id)
        .query(Actors::map)
        .optional();
  }

  Optional<Actor> find(String kind, String name) {
    return jdbc.sql("select * from capacity_actor where kind = :kind and key = :key and active")
        .param("kind", kind)
        .param("key", Actor.key(name))
        .query(Actors::map)
        .optional();
  }

  /** Those that another system surely means, by a reference, a name or a place. */
  List<Actor> meant(Reference said) {
    SaidPlace place = SaidPlace.of(said);
    return jdbc.sql(
            """
            select * from capacity_actor
            where reference = :reference
              or key = :key and kind not in ('room', 'recovery-bay')
              or kind = 'room' and key in (:rooms)
              or kind = 'recovery-bay' and key in (:bays) order by id\
            """)
        .param("reference", said.hasReference() ? said.getReference() : "")
        .param("key", Actor.key(place.words()))
        .param("rooms", some(place.sure(BookedAs.ROOM.code())))
        .param("bays", some(place.sure(BookedAs.RECOVERY_BAY.code())))
        .query(Actors::map)
        .list();
  }

  /** Rooms and bays that another system may mean, or a place of another ward. */
  List<Actor> perhapsMeant(Reference said) {
    SaidPlace place = SaidPlace.of(said);
    return jdbc.sql(
            """
            select * from capacity_actor
            where kind = 'room' and key in (:rooms) or kind = 'recovery-bay' and key in (:bays)
            order by id\
            """)
        .param("rooms", some(place.doubtful(BookedAs.ROOM.code())))
        .param("bays", some(place.doubtful(BookedAs.RECOVERY_BAY.code())))
        .query(Actors::map)
        .list();
  }

  /** SQL knows no empty list; no key is empty. */
  private static Collection<String> some(Set<String> keys) {
    return keys.isEmpty() ? Set.of("") : keys;
  }

  /** One that a booking names, added where nobody has set it up. */
  Actor named(String kind, String name) {
    jdbc.sql(
            """
            insert into capacity_actor (kind, name, key) values (:kind, :name, :key)
            on conflict (kind, key) do nothing\
            """)
        .param("kind", kind)
        .param("name", name.strip())
        .param("key", Actor.key(name))
        .update();
    return jdbc.sql("select * from capacity_actor where kind = :kind and key = :key")
        .param("kind", kind)
        .param("key", Actor.key(name))
        .query(Actors::map)
        .single();
  }

  /** Sets one up: from then on its sessions say when it can be booked. */
  Actor setUp(String kind, String name, String reference) {
    Actor actor = named(kind, name);
    jdbc.sql(
            """
            update capacity_actor
            set set_up = true, active = true, name = :name, reference = :reference where id = :id\
            """)
        .param("id", actor.id())
        .param("name", name.strip())
        .param("reference", reference)
        .update();
    return find(actor.id()).orElseThrow();
  }

  /** From now on it is one that bookings name, without sessions. */
  void retire(long id) {
    jdbc.sql("update capacity_actor set set_up = false where id = :id").param("id", id).update();
  }

  private static Actor map(ResultSet row, int number) throws SQLException {
    return new Actor(
        row.getLong("id"),
        row.getString("kind"),
        row.getString("name"),
        row.getString("reference"),
        row.getBoolean("set_up"));
  }
}
