package org.carepathway.outreach;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.CurrentUser;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * By which channels a patient does not want to be written to, told by a link or to staff. It holds
 * for the person, whatever was agreed to on a pathway, until it is taken back (ADR 0039).
 */
@Component
public class RefusedChannels {

  private final RefusalRows rows;
  private final Pathways pathways;
  private final CurrentUser user;
  private final Clock clock;

  RefusedChannels(RefusalRows rows, Pathways pathways, CurrentUser user, Clock clock) {
    this.rows = rows;
    this.pathways = pathways;
    this.user = user;
    this.clock = clock;
  }

  /** The channels that a patient may refuse. */
  public static List<Channel> channels() {
    return Stream.of(Channel.values()).filter(channel -> !channel.isForStaffOnly()).toList();
  }

  public Set<Channel> of(Patient patient) {
    Set<Channel> refused = EnumSet.noneOf(Channel.class);
    persons(patient).forEach(id -> refused.addAll(rows.refused(id)));
    return refused;
  }

  /** Keeps what is wanted now, as said by whoever acts. */
  @Transactional
  public void keep(OpenPathway of, Set<Channel> refused) {
    OpenPathway open = pathways.open(of.pathway().id());
    String by = user.agent().display();
    for (Channel channel : channels()) {
      if (refused.contains(channel)) {
        rows.refuse(open.pathway().patientId(), channel, by, clock.instant());
      } else {
        persons(open.patient()).forEach(id -> rows.accept(id, channel));
      }
    }
  }

  /** The records that were made one with this one, too. */
  private static Stream<String> persons(Patient patient) {
    return Stream.concat(
        Stream.of(patient.getIdElement().getIdPart()),
        patient.getLink().stream()
            .filter(link -> link.getType() == LinkType.REPLACES)
            .map(link -> new IdType(link.getOther().getReference()).getIdPart()));
  }
}
