package org.carepathway.hl7;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/**
 * What a message says, before it is known who that is here.
 *
 * @param kind {@code ADT^A01}
 * @param number of the patient, by which they are found
 * @param former number of a patient who is merged into this one; null for none
 * @param at when the source says that it was so; null where it says nothing
 * @param patient writes what is said of the patient
 * @param statements what is said of other resources of the patient
 */
record Said(
    String kind,
    Identifier number,
    Identifier former,
    Instant at,
    Consumer<Patient> patient,
    List<Statement> statements) {}
