package org.carepathway.fhirfeed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.EhrServer;
import org.carepathway.ehr.EhrServers;
import org.carepathway.fhirfeed.LinkRows.Link;
import org.carepathway.inbox.Inbox;
import org.carepathway.inbox.Received;
import org.carepathway.incoming.SentRecord;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What each EHR says of patients otherwise than it is here, and what a person does about it. */
@Component
public class Differences {

  private final EhrServers servers;
  private final DifferenceRows rows;
  private final LinkRows links;
  private final Comparing comparing;
  private final SentRecord record;
  private final Inbox inbox;
  private final TransactionTemplate transaction;

  Differences(
      EhrServers servers,
      DifferenceRows rows,
      LinkRows links,
      Comparing comparing,
      SentRecord record,
      Inbox inbox,
      TransactionTemplate transaction) {
    this.servers = servers;
    this.rows = rows;
    this.links = links;
    this.comparing = comparing;
    this.record = record;
    this.inbox = inbox;
    this.transaction = transaction;
  }

  /**
   * Compares patients on a pathway, the longest not compared first.
   *
   * @param age none that was compared since, such as {@code 1 day}
   * @param most patients
   * @return how many were compared
   * @throws EhrFault where the EHR does not answer
   */
  public int compare(String feed, String age, int most) {
    if (servers.server(feed) == null) {
      return 0;
    }
    List<Link> due = rows.due(feed, age, most);
    due.forEach(link -> rows.compared(feed, link.patient(), comparing.of(feed, link)));
    return due.size();
  }

  public List<Difference> found(String feed) {
    return rows.found(feed);
  }

  public Optional<Difference> find(String feed, long number) {
    return rows.find(feed, number);
  }

  /**
   * Has it here as the EHR says it now: it comes through the inbox like all that the EHR sends.
   *
   * @return whether there is something to take over
   * @throws EhrFault where the EHR does not answer
   */
  public boolean takeOver(Difference difference) {
    EhrServer server = servers.server(difference.feed());
    JsonNode said = server.read(difference.type(), difference.id());
    Optional<Link> link = links.find(difference.feed(), difference.patient());
    Optional<Found> found =
        Found.of(said)
            .filter(
                one ->
                    difference.type().equals("Patient")
                        || link.filter(it -> one.isOf(it.ehrId(), server.base())).isPresent());
    if (found.isEmpty() || link.isEmpty()) {
      return false;
    }
    inbox.keep(
        new Received(
            difference.feed(),
            found.get().messageId() + "/again-" + UUID.randomUUID(),
            FhirHandler.FORMAT,
            found.get().type(),
            link.get().lane(),
            null,
            null,
            new Medicines(server).within(found.get()).content()));
    rows.settled(difference);
    return true;
  }

  /**
   * Has it here as entered in error, as the EHR does not have it any more.
   *
   * @return false where it is not here, or the EHR has it again
   * @throws EhrFault where the EHR does not answer
   */
  public boolean takeBack(Difference difference) {
    // Nobody waits for an EHR in a transaction.
    return !isThere(difference)
        && Boolean.TRUE.equals(transaction.execute(status -> takenBack(difference)));
  }

  private boolean takenBack(Difference difference) {
    String source = servers.server(difference.feed()).base() + '/' + difference.theirs();
    List<Resource> here =
        record.sentOf(difference.patient(), difference.type()).stream()
            .filter(
                one ->
                    String.valueOf(one.getMeta().getSource())
                        .matches(Pattern.quote(source) + "([/#].*)?"))
            .map(TakenBack::of)
            .toList();
    record.write(difference.feed(), here);
    rows.settled(difference);
    return !here.isEmpty();
  }

  private boolean isThere(Difference difference) {
    try {
      servers.server(difference.feed()).read(difference.type(), difference.id());
      return true;
    } catch (EhrFault fault) {
      if (fault.status() == 404 || fault.status() == 410) {
        return false;
      }
      throw fault;
    }
  }

  /** A person has looked at it: it is not told again while it is the same. */
  public void leave(Difference difference, String who) {
    rows.leave(difference, who);
  }
}
