package org.carepathway.scenario;

import java.time.LocalDateTime;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Map;

/**
 * A patient's way through a pathway as clinicians write it down: what is answered, when, and what
 * must then hold.
 *
 * @param name what it shows
 * @param patient what matters of the patient ({@code gender}, {@code age}); empty for any
 * @param referral what matters of the referral ({@code priority}, {@code code} with {@code system}
 *     and {@code code}); empty for any
 * @param begin when it begins, on the site's calendar; null for any day
 * @param steps in order
 * @param expect FHIRPath conditions over the pathway's record
 * @param reached ids of BPMN elements that were reached at some time
 * @param tasks ids of the tasks that are open at the end; null for none named
 */
public record Scenario(
    String name,
    Map<String, Object> patient,
    Map<String, Object> referral,
    LocalDateTime begin,
    List<Step> steps,
    List<String> expect,
    List<String> reached,
    List<String> tasks) {

  /** One thing that happens, or that must hold on the way. */
  public sealed interface Step
      permits Answer, Report, Add, Wait, Revoke, Store, ReferAgain, Follow, Check {}

  /**
   * A task is completed.
   *
   * @param task BPMN element id
   * @param answers linkId to answer; a repeating group is a list of maps
   * @param confirm whether warnings are confirmed
   * @param refused keys of the rules that the answers break, or {@code task-open} when something
   *     else has to be done first; empty when they are accepted
   */
  public record Answer(
      String task, Map<String, Object> answers, boolean confirm, List<String> refused)
      implements Step {

    public Answer(String task, Map<String, Object> answers) {
      this(task, answers, false, List.of());
    }
  }

  /**
   * Something is reported that can happen at any time.
   *
   * @param event name of the message
   * @param as code of the role that reports it
   * @param answers as of a task
   * @param confirm as of a task
   * @param refused as of a task
   */
  public record Report(
      String event, String as, Map<String, Object> answers, boolean confirm, List<String> refused)
      implements Step {}

  /**
   * A step is added to the plan.
   *
   * @param task id of the BPMN element
   * @param as code of the role that adds it
   * @param isRefused whether it cannot be added now
   */
  public record Add(String task, String as, boolean isRefused) implements Step {}

  /** Time passes. */
  public record Wait(TemporalAmount time) implements Step {}

  /** The referrer withdraws the referral. */
  public record Revoke() implements Step {}

  /**
   * The EHR stores something about the patient that is not of the pathway.
   *
   * @param resource as in FHIR's JSON, without patient; with an id where a later step changes it.
   *     Times may be {@code @now-2h}
   */
  public record Store(Map<String, Object> resource) implements Step {}

  /** A second referral with a number of its own comes in; the steps after it are about that one. */
  public record ReferAgain() implements Step {}

  /**
   * From here on it is another pathway of the patient.
   *
   * @param newest the one of those under way that began last; else the one that began first
   */
  public record Follow(boolean newest) implements Step {}

  /**
   * What must hold at this point.
   *
   * @param expect FHIRPath conditions over the pathway's record
   * @param tasks ids of the tasks that are open now; null for none named
   */
  public record Check(List<String> expect, List<String> tasks) implements Step {}
}
