package org.carepathway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.outbox.Rung;
import org.carepathway.startup.StartUpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The best way that a site takes something, from what it says and what its vendor is known for. */
class LadderTest {

  private static final Set<String> BOTH = Set.of("create", "update");
  private static final List<String> MESSAGES = List.of("ORU^R01", "SIU", "MDM^T02", "ORM^O01");

  /** An EHR that says that it does everything. */
  private static final Capability ALL =
      new Capability(
          Map.of(
              "ServiceRequest", type(BOTH),
              "Task", type(BOTH),
              "Appointment", type(BOTH),
              "Observation", type(BOTH),
              "Procedure", type(BOTH),
              "Condition", type(BOTH),
              "Communication", type(BOTH),
              "DocumentReference", type(BOTH)));

  private static Capability.Type type(Set<String> interactions) {
    return new Capability.Type(interactions, Set.of("patient", "identifier"), true);
  }

  private static Rung rung(
      Capability capability, String vendor, List<String> messages, String type, boolean isChange) {
    return new Ladder(capability, Overlay.read(vendor, "vendor"), messages)
        .way(type, isChange)
        .rung();
  }

  /** As the vendors' capability statements say, each for a new one and for a change. */
  @ParameterizedTest
  @CsvSource({
    "epic,     ServiceRequest,    NATIVE,        NATIVE",
    "epic,     Task,              DOCUMENT,      NATIVE",
    "epic,     Appointment,       DOCUMENT,      DOCUMENT",
    "epic,     Observation,       NATIVE,        NATIVE",
    "epic,     Procedure,         NATIVE,        NATIVE",
    "epic,     Condition,         NATIVE,        DOCUMENT",
    "epic,     Communication,     NATIVE,        DOCUMENT",
    "epic,     DocumentReference, NATIVE,        NATIVE",
    "oracle,   ServiceRequest,    DOCUMENT,      DOCUMENT",
    "oracle,   Task,              DOCUMENT,      DOCUMENT",
    "oracle,   Appointment,       NATIVE,        DOCUMENT",
    "oracle,   Observation,       NATIVE,        NATIVE",
    "oracle,   Procedure,         NATIVE,        DOCUMENT",
    "oracle,   Condition,         NATIVE,        NATIVE",
    "meditech, Procedure,         COMMUNICATION, COMMUNICATION",
    "meditech, DocumentReference, COMMUNICATION, COMMUNICATION",
    "meditech, Communication,     NATIVE,        MESSAGE",
    "plain,    Procedure,         NATIVE,        NATIVE",
    "plain,    Task,              NATIVE,        NATIVE"
  })
  void aVendorTakesWhatItIsKnownToTake(String vendor, String type, Rung first, Rung change) {
    assertThat(rung(ALL, vendor, MESSAGES, type, false)).isEqualTo(first);
    assertThat(rung(ALL, vendor, MESSAGES, type, true)).isEqualTo(change);
  }

  @Test
  void whatAHospitalHasNotSwitchedOnIsNotTried() {
    Capability little = new Capability(Map.of("Communication", type(Set.of("create"))));
    assertThat(rung(little, "epic", List.of(), "Procedure", false)).isEqualTo(Rung.COMMUNICATION);
    assertThat(rung(Capability.UNKNOWN, "epic", MESSAGES, "Appointment", false))
        .isEqualTo(Rung.MESSAGE);
    Way hand =
        new Ladder(Capability.UNKNOWN, Overlay.read("plain", "vendor"), List.of("SIU"))
            .way("Procedure", false);
    assertThat(hand.rung()).isEqualTo(Rung.HAND);
    assertThat(hand.why())
        .contains("the EHR does not say that it takes create of Procedure")
        .contains("the port of HL7 v2 takes no ORU^R01");
  }

  @Test
  void aSiteMaySayInWhichOrder() {
    Overlay own =
        Overlay.parse(
            """
            name: Ours
            ladder: {Appointment: [message, hand]}
            codes: {12: policy}
            """);
    assertThat(new Ladder(ALL, own, MESSAGES).way("Appointment", false).rung())
        .isEqualTo(Rung.MESSAGE);
    assertThat(new Ladder(ALL, own, List.of()).way("Appointment", false).rung())
        .isEqualTo(Rung.HAND);
    assertThat(own.codes()).containsEntry("12", Overlay.Meaning.POLICY);
  }

  @Test
  void aTableOfAVendorThatIsWrongIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> Overlay.parse("name: X\nwrites: {}"))
        .hasMessageContaining("'writes' is not known");
    assertThatThrownBy(() -> Overlay.parse("name: X\nwrite: {Task: [delete]}"))
        .hasMessageContaining("write.Task has other words than [create, update]");
    assertThatThrownBy(() -> Overlay.parse("name: X\nladder: {Task: [fax]}"))
        .hasMessageContaining("ladder.Task: 'fax' is none of");
    assertThatThrownBy(
            () -> Overlay.read("file:/nowhere.yaml", "carepathway.outbox.sites.a.vendor"))
        .isInstanceOf(StartUpException.class)
        .hasMessageContaining("carepathway.outbox.sites.a.vendor");
  }

  @Test
  void whatAStatementSaysOfItselfButItsAbilitiesIsNoChange() {
    String statement =
        "{\"resourceType\":\"CapabilityStatement\",\"date\":\"%s\",\"rest\":[{\"mode\":\"server\",\"resource\":[{\"type\":\"Task\",\"interaction\":[{\"code\":\"%s\"}]}]}]}";
    String digest = Capability.of(statement.formatted("2026-01-01", "read")).digest();
    assertThat(Capability.of(statement.formatted("2026-02-02", "read")).digest()).isEqualTo(digest);
    assertThat(Capability.of(statement.formatted("2026-01-01", "create")).digest())
        .isNotEqualTo(digest);
  }
}
