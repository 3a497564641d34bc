package org.carepathway.hl7;

import java.util.List;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** What our own tables make of a message: for tests of messages that we write. */
public final class Understood {

  private Understood() {}

  /**
   * @throws RuntimeException where the port would refuse the message
   */
  public static <T extends Resource> List<T> resources(String message, Class<T> type) {
    return Interpreting.resources(Interpreting.said(message), type);
  }

  public static Patient patient(String message) {
    return Interpreting.patient(Interpreting.said(message));
  }
}
