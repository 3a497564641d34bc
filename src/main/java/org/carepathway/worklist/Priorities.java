package org.carepathway.worklist;

import java.util.List;

/** BPMN priorities (0 to 100) as the codes of FHIR's request-priority. */
public final class Priorities {

  /** The lowest first. */
  public static final List<String> CODES = List.of("routine", "urgent", "asap", "stat");

  private static final int STEP = 25;

  private Priorities() {}

  public static String code(int priority) {
    return CODES.get(Math.max(0, Math.min(CODES.size() - 1, priority / STEP)));
  }

  /** The least BPMN priority of a code; that of none is above them all. */
  static int least(String code) {
    int index = CODES.indexOf(code);
    return index < 0 ? 1000 : index * STEP;
  }

  static int most(String code) {
    return code.equals("stat") ? 1000 : least(code) + STEP - 1;
  }
}
