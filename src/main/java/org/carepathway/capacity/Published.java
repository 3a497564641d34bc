package org.carepathway.capacity;

import ca.uhn.fhir.repository.IRepository;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.carepathway.capacity.Capacity.Entry;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Says over FHIR what is set up, in the transaction that changes it. */
@Component
class Published {

  /** How far ahead exceptions are looked for. */
  private static final Duration AHEAD = Duration.ofDays(5 * 366);

  private final Actors actors;
  private final Sessions sessions;
  private final IRepository repository;
  private final Clock clock;

  Published(Actors actors, Sessions sessions, IRepository repository, Clock clock) {
    this.actors = actors;
    this.sessions = sessions;
    this.repository = repository;
    this.clock = clock;
  }

  Entry entry(Actor actor) {
    Period toCome = new Period(clock.instant(), clock.instant().plus(AHEAD));
    return new Entry(
        actor,
        sessions.all().stream().filter(each -> each.actor() == actor.id()).toList(),
        sessions.exceptions(toCome).stream().filter(each -> each.actor() == actor.id()).toList());
  }

  void write(Actor actor) {
    Entry entry = entry(actor);
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    BookedAs kind = BookedAs.ofCode(actor.kind()).orElseThrow();
    boolean inUse = actors.find(actor.id()).filter(Actor::setUp).isPresent();
    List<Resource> resources =
        new ArrayList<>(
            new CapacityResources(actor, inUse, entry.sessions(), entry.exceptions(), clock)
                .all(kind));
    resources.add(CapacityResources.service(rooms()));
    for (Resource resource : resources) {
      String url = resource.fhirType() + '/' + resource.getIdElement().getIdPart();
      bundle
          .addEntry()
          .setFullUrl(url)
          .setResource(resource)
          .getRequest()
          .setMethod(HTTPVerb.PUT)
          .setUrl(url);
    }
    repository.transaction(bundle);
  }

  private List<Actor> rooms() {
    return actors.all().stream()
        .filter(actor -> actor.setUp() && actor.kind().equals(BookedAs.ROOM.code()))
        .toList();
  }
}
