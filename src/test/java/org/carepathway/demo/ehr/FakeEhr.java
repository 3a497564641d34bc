package org.carepathway.demo.ehr;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** An EHR that takes and refuses as a vendor's does, and wants no token. */
public final class FakeEhr implements AutoCloseable {

  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicReference<ToIntFunction<Resource>> moods =
      new AtomicReference<>(resource -> 0);
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final EhrRecords records =
      new EhrRecords(Clock.systemUTC()) {
        @Override
        Optional<Resource> read(String type, String id) {
          return gone.contains(id) ? Optional.empty() : super.read(type, id);
        }

        @Override
        List<Resource> all(String type) {
          return there(super.all(type));
        }

        @Override
        List<Resource> all() {
          return there(super.all());
        }

        private List<Resource> there(List<Resource> all) {
          return all.stream()
              .filter(one -> !gone.contains(one.getIdElement().getIdPart()))
              .toList();
        }

        @Override
        boolean keeps(Resource resource) {
          int status = moods.get().applyAsInt(resource);
          if (status != 0) {
            throw new Refused(status, "exception", "Not now");
          }
          boolean isKept = lost.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
          if (isKept && journal != null) {
            journal.add(resource);
          }
          return isKept;
        }
      };
  private final StrictEhr ehr;

  /** Null where nothing is kept, and until what was kept is read. */
  private EhrJournal journal;

  private FakeEhr(EhrManner manner, EhrJournal journal) throws IOException {
    if (journal != null) {
      journal.lines().forEach(records::received);
      this.journal = journal;
    }
    ehr = StrictEhr.open(0, records, manner, null, Clock.systemUTC());
  }

  /**
   * @param vendor epic, oracle, meditech or plain
   */
  public static FakeEhr like(String vendor) throws IOException {
    return new FakeEhr(manner(vendor), null);
  }

  /**
   * One that has what it was given also after it was killed.
   *
   * @param journal a file of its own
   */
  public static FakeEhr lasting(String vendor, Path journal) throws IOException {
    return new FakeEhr(manner(vendor), new EhrJournal(journal));
  }

  private static EhrManner manner(String vendor) {
    return switch (vendor) {
      case "epic" -> EhrManner.EPIC;
      case "oracle" -> EhrManner.ORACLE;
      case "meditech" -> EhrManner.MEDITECH;
      default -> EhrManner.PLAIN;
    };
  }

  /** Says of the next one that it was stored, and does not. */
  public void loseNext() {
    lost.set(1);
  }

  /**
   * @param status with which it refuses what it is given; 0 for not at all
   */
  public void refuses(ToIntFunction<Resource> status) {
    moods.set(status);
  }

  public void knows(String id, String number) {
    Patient patient = new Patient();
    patient.setId(id);
    patient.addIdentifier(new Identifier().setSystem("urn:test").setValue(number));
    ehr.put(patient);
  }

  public void put(Resource resource) {
    ehr.put(resource);
  }

  /** Somebody has taken it away there. */
  public void loses(Resource resource) {
    gone.add(resource.getIdElement().getIdPart());
  }

  public int port() {
    return URI.create(ehr.base()).getPort();
  }

  /** What others have written. */
  public List<Resource> received() {
    return records.all().stream().filter(records::isReceived).toList();
  }

  public List<Resource> received(Predicate<Resource> which) {
    return received().stream().filter(which).toList();
  }

  @Override
  public void close() {
    ehr.close();
  }
}
