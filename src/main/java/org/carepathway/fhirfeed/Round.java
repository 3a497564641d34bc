package org.carepathway.fhirfeed;

import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.EhrServer;
import org.carepathway.ehr.EhrServers;
import org.carepathway.ehr.EhrSettings;
import org.carepathway.fhirfeed.CursorRows.Cursor;
import org.carepathway.fhirfeed.LinkRows.Link;
import org.springframework.stereotype.Component;

/** Asks an EHR once for each patient who is on a pathway. */
@Component
class Round {

  private static final String PATIENT = "Patient";
  private static final Set<EhrFault.Kind> OF_NO_QUESTION =
      Set.of(EhrFault.Kind.RESTING, EhrFault.Kind.SIGN_IN, EhrFault.Kind.BUSY);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final EhrServers servers;
  private final FhirFeedRows feeds;
  private final LinkRows patients;
  private final CursorRows cursors;
  private final EhrPatients found;
  private final Kept kept;

  Round(
      EhrServers servers,
      FhirFeedRows feeds,
      LinkRows patients,
      CursorRows cursors,
      EhrPatients found,
      Kept kept) {
    this.servers = servers;
    this.feeds = feeds;
    this.patients = patients;
    this.cursors = cursors;
    this.found = found;
    this.kept = kept;
  }

  /**
   * @param goesOn asked before each question; false where the service stops or another process
   *     reads this EHR
   */
  void run(String feed, List<Question> questions, BooleanSupplier goesOn) {
    List<String> travelling = patients.travelling(feed);
    Medicines medicines = new Medicines(servers.server(feed));
    for (String patient : travelling) {
      if (!goesOn.getAsBoolean() || !ask(feed, patient, questions, medicines, goesOn)) {
        return;
      }
    }
    feeds.round(feed, travelling.size());
  }

  /** False where the EHR as a whole does not answer. */
  private boolean ask(
      String feed,
      String patient,
      List<Question> questions,
      Medicines medicines,
      BooleanSupplier goesOn) {
    Cursor identity = cursor(cursors.of(feed, patient), PATIENT);
    if (!tried(feed, patient, identity, () -> find(feed, patient))) {
      return false;
    }
    // Who has another id in the EHR now is read from the beginning.
    Map<String, Cursor> known = cursors.of(feed, patient);
    Optional<Link> link = patients.find(feed, patient).filter(one -> one.ehrId() != null);
    for (Question question : questions) {
      if (link.isEmpty() || !goesOn.getAsBoolean()) {
        return true;
      }
      Cursor cursor = cursor(known, question.text());
      Runnable sweep = () -> sweep(feed, question, link.get(), cursor, medicines);
      if (!tried(feed, patient, cursor, sweep)) {
        return false;
      }
    }
    return true;
  }

  private static Cursor cursor(Map<String, Cursor> known, String question) {
    return known.getOrDefault(question, Cursor.begin(question));
  }

  /** A Patient who was taken away meanwhile is asked for no more. */
  private void find(String feed, String patient) {
    try {
      found.find(feed, patient);
      cursors.answered(feed, patient, PATIENT, null, false);
    } catch (ResourceNotFoundException | ResourceGoneException gone) {
      patients.save(feed, new Link(patient, null, null));
    }
  }

  private void sweep(
      String feed, Question question, Link link, Cursor cursor, Medicines medicines) {
    EhrSettings.Feed settings = servers.settings(feed);
    EhrServer ehr = servers.server(feed);
    Sweep sweep = new Sweep(ehr, settings.overlap(), settings.page(), Clock.systemUTC());
    Sweep.Keeping keeping = all -> kept.keep(feed, link.lane(), all, medicines::within);
    Instant newest;
    boolean whole = cursor.whole();
    try {
      newest = sweep.read(question, link.ehrId(), whole ? null : cursor.newest(), keeping);
    } catch (EhrFault fault) {
      if (fault.kind() != EhrFault.Kind.REFUSED || whole || cursor.newest() == null) {
        throw fault;
      }
      // It may not know how to tell what is new: then all is read, each time.
      newest = sweep.read(question, link.ehrId(), null, keeping);
      whole = true;
    }
    cursors.answered(feed, link.patient(), question.text(), newest, whole);
  }

  /**
   * What fails waits, and others go on: one question that an EHR cannot answer holds up nobody.
   *
   * @return false where the EHR as a whole is not to be asked now
   */
  private boolean tried(String feed, String patient, Cursor cursor, Runnable asking) {
    if (!cursor.due()) {
      return true;
    }
    try {
      asking.run();
      feeds.answered(feed);
      return true;
    } catch (EhrFault fault) {
      if (OF_NO_QUESTION.contains(fault.kind())) {
        feeds.failed(feed, fault);
        return false;
      }
      cursors.failed(
          feed, patient, cursor.question(), pause(cursor.failures()), fault.getMessage());
      if (fault.kind().isOfAll()) {
        feeds.failed(feed, fault);
      } else {
        feeds.answered(feed);
      }
      return true;
    }
  }

  private static Duration pause(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
