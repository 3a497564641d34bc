package org.carepathway.scenario;

import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Map;

/**
 * A patient's way through a pathway as clinicians write it down: what is answered, when, and what
 * must then hold.
 *
 * @param name what it shows
 * @param steps in order
 * @param expect FHIRPath conditions over the pathway's record
 */
public record Scenario(String name, List<Step> steps, List<String> expect) {

  /** One thing that happens. */
  public sealed interface Step permits Answer, Wait, Revoke {}

  /**
   * A task is completed.
   *
   * @param task BPMN element id
   * @param answers linkId to answer; a repeating group is a list of maps
   */
  public record Answer(String task, Map<String, Object> answers) implements Step {}

  /** Time passes. */
  public record Wait(TemporalAmount time) implements Step {}

  /** The referrer withdraws the referral. */
  public record Revoke() implements Step {}
}
