package org.carepathway.outreach;

import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.carepathway.outreach.Message.Purpose;
import org.carepathway.outreach.Trouble.Kind;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.patient.PatientEntry;
import org.carepathway.worklist.Postponement;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who opens a link tells the patient's date of birth first. After five wrong ones, over all links
 * about the same thing, these are locked and a person calls.
 */
@Component
public class Identification {

  private static final int MOST_FAILURES = 5;

  private final Matters matters;
  private final Links links;
  private final MessageRows rows;
  private final Pathways pathways;
  private final Postponement postponement;
  private final Trouble trouble;
  private final Clock clock;

  Identification(
      Matters matters,
      Links links,
      MessageRows rows,
      Pathways pathways,
      Postponement postponement,
      Trouble trouble,
      Clock clock) {
    this.matters = matters;
    this.links = links;
    this.rows = rows;
    this.pathways = pathways;
    this.postponement = postponement;
    this.trouble = trouble;
    this.clock = clock;
  }

  /**
   * @param born null where what was entered is no date
   * @return what the browser keeps as a proof; null where it was not the right date, or the link is
   *     locked
   */
  @Transactional
  public String confirm(String token, String about, LocalDate born) {
    OpenPathway open = pathways.open(matters.find(about).orElseThrow().pathwayId());
    Matter matter = matters.lock(about).orElseThrow();
    if (matter.locked() != null) {
      return null;
    }
    if (born != null && born.equals(PatientEntry.born(open.patient()))) {
      matters.failed(about, 0, null);
      return links.prove(token);
    }
    int failures = matter.failures() + 1;
    boolean locks = failures >= MOST_FAILURES;
    matters.failed(about, failures, locks ? clock.instant() : null);
    if (locks) {
      lock(matter, open);
    }
    return null;
  }

  private void lock(Matter matter, OpenPathway open) {
    rows.stop(matter.about(), "The link was locked.", clock.instant());
    matters.moved(matter.about(), matter.rung(), null);
    if (matter.purpose() == Purpose.QUESTION) {
      postponement.bringBack(
          UUID.fromString(matter.about()),
          "The link was locked after five wrong dates of birth: call.");
    }
    trouble.tell(
        open, Kind.LOCKED, matter.about(), "Five wrong dates of birth; the link was closed.");
  }
}
