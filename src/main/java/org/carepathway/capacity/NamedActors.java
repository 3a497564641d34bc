package org.carepathway.capacity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.carepathway.capacity.Conflict.Reason;
import org.hl7.fhir.r4.model.Appointment;
import org.springframework.stereotype.Component;

/** Who is meant by the names of an appointment's participants. */
@Component
class NamedActors {

  private final Actors actors;

  NamedActors(Actors actors) {
    this.actors = actors;
  }

  /**
   * @param unknown is told each name that is nobody's
   * @return those whose names are known, in the order of the participants
   */
  Map<Wanted, Actor> of(Appointment appointment, Consumer<Conflict> unknown) {
    Map<Wanted, Actor> named = new LinkedHashMap<>();
    List<Actor> all = actors.all();
    for (Wanted wanted : Wanted.of(appointment)) {
      actor(wanted, all, unknown).ifPresent(actor -> named.put(wanted, actor));
    }
    return named;
  }

  /** Once some of a kind are set up, a name that is none of theirs is a mistake. */
  private Optional<Actor> actor(Wanted wanted, List<Actor> all, Consumer<Conflict> unknown) {
    List<Actor> ofKind =
        all.stream().filter(each -> each.setUp() && each.kind().equals(wanted.kind())).toList();
    Optional<Actor> known =
        ofKind.stream()
            .filter(each -> Actor.key(each.name()).equals(Actor.key(wanted.name())))
            .findFirst();
    if (known.isPresent() || ofKind.isEmpty()) {
      return known.or(() -> Optional.of(actors.named(wanted.kind(), wanted.name())));
    }
    unknown.accept(
        new Conflict(
            Reason.UNKNOWN,
            wanted.kind(),
            wanted.name(),
            wanted.present(),
            ofKind.stream().map(Actor::name).collect(Collectors.joining(", "))));
    return Optional.empty();
  }
}
