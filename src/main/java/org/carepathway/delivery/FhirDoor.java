package org.carepathway.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.EhrServer;
import org.carepathway.outbox.OurNumbers;

/**
 * Writes a resource at an EHR so that it is there once: looks for it before it is written where an
 * earlier attempt may have written it, asks that nobody has changed it since it was read, and reads
 * it again before it counts as written.
 */
final class FhirDoor {

  private static final Set<String> THEIRS = Set.of("id", "meta", "text", "identifier");

  private final EhrServer server;
  private final BooleanSupplier mayWrite;
  private final Counterparts counterparts;

  /**
   * @param mayWrite asked right before something is written
   * @param isKnown whether {@code Type/id} there is another resource that we wrote
   */
  FhirDoor(EhrServer server, BooleanSupplier mayWrite, Predicate<String> isKnown) {
    this.server = server;
    this.mayWrite = mayWrite;
    this.counterparts = new Counterparts(server, isKnown);
  }

  /**
   * @param body the resource
   * @param number our identifier in it
   * @param ehrPatient id of the Patient there
   * @param known its id there; null where it is not known
   * @param mayBeThere whether an earlier attempt may have written it
   * @param mayChange whether the EHR takes changes
   * @return its id there
   * @throws EhrFault where the EHR refuses, or nobody knows whether it was written
   */
  String write(
      Way way,
      JsonNode body,
      String number,
      String ehrPatient,
      String known,
      boolean mayBeThere,
      boolean mayChange) {
    String id = known;
    if (id == null && (way.isFoundByIdentifier() || mayBeThere)) {
      id = counterparts.find(way, body, number, ehrPatient).orElse(null);
    }
    if (id == null) {
      id = create(way, body, number);
    } else {
      JsonNode there = server.read(way.type(), id);
      if (!Same.holds(body, there)) {
        if (!mayChange) {
          throw new NotSo("It is there with another content, and the EHR takes no change.", false);
        }
        change(way.type(), id, body, there);
      }
    }
    verify(way, id, body, number);
    return way.type() + '/' + id;
  }

  private String create(Way way, JsonNode body, String number) {
    requireTurn();
    String condition =
        way.isConditional()
            ? "identifier=" + encoded(OurNumbers.SYSTEM) + "%7C" + encoded(number)
            : null;
    return server
        .create(way.type(), body.toString(), condition)
        .orElseThrow(() -> new NotSo("The EHR took it and did not say its id.", true));
  }

  /** What is ours replaces what is there; what the EHR has added stays. */
  private void change(String type, String id, JsonNode body, JsonNode there) {
    ObjectNode next = there.deepCopy();
    body.fields()
        .forEachRemaining(
            field -> {
              if (!THEIRS.contains(field.getKey())) {
                next.set(field.getKey(), field.getValue());
              }
            });
    requireTurn();
    String version = there.at("/meta/versionId").asText(null);
    server.update(type, id, next.toString(), version);
  }

  /** Said to be written is not written: it is read again. */
  private void verify(Way way, String id, JsonNode body, String number) {
    JsonNode there;
    try {
      there = server.read(way.type(), id);
    } catch (EhrFault fault) {
      if (fault.status() == 404 || fault.status() == 410) {
        throw new NotSo("The EHR said that it has it, and does not: " + fault.getMessage(), true);
      }
      throw fault;
    }
    boolean isIt =
        way.isFoundByIdentifier()
            ? Same.hasNumber(there, OurNumbers.SYSTEM, number)
            : Same.isAlike(body, there);
    if (!isIt || !body.path("status").equals(there.path("status"))) {
      throw new NotSo("The EHR has it otherwise than it was sent.", false);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void requireTurn() {
    if (!mayWrite.getAsBoolean()) {
      throw new Overtaken();
    }
  }
}
