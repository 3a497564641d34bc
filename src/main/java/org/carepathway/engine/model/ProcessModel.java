package org.carepathway.engine.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the content check needs to know of a BPMN process.
 *
 * @param file name of the file
 * @param id process id
 * @param versionTag its version; null where it has none
 * @param keepsHistory whether it says how long its history is kept
 * @param executable whether the engine would run it
 * @param messages names of the messages it waits for
 * @param tasks its user tasks
 * @param steps its calls of the vocabulary
 * @param calls its calls of other processes
 * @param reads element id to the process variables that its expressions read
 * @param undone end event id to the FHIRPath of why its step was not done
 * @param problems element id to what no pathway may contain there
 */
public record ProcessModel(
    String file,
    String id,
    String versionTag,
    boolean keepsHistory,
    boolean executable,
    Set<String> messages,
    List<UserTaskModel> tasks,
    List<StepModel> steps,
    List<CallModel> calls,
    Map<String, Set<String>> reads,
    Map<String, String> undone,
    Map<String, String> problems) {

  /**
   * @param roles candidate groups as written
   * @param form form key as written; null where it has none
   * @param properties name to value
   */
  public record UserTaskModel(
      String id,
      String name,
      String roles,
      String form,
      String dueDate,
      String priority,
      Map<String, String> properties) {

    /** The visit of the patient that it is part of; empty where it is done by itself. */
    public Optional<String> visit() {
      return Optional.ofNullable(properties.get(StepProperties.VISIT));
    }
  }

  /**
   * @param word the step's name; null where the delegate is not <code>${word}</code>
   * @param inputs its properties in order
   * @param before ids of all elements that can run before it in this process
   */
  public record StepModel(String id, String word, Map<String, String> inputs, Set<String> before) {}

  /**
   * @param process id of the process it calls
   * @param binding as written
   * @param all whether it passes all variables, in or out
   * @param in what the caller calls a variable to what the called process calls it
   * @param out what the called process calls a variable to what the caller calls it
   */
  public record CallModel(
      String id,
      String process,
      String binding,
      boolean all,
      Map<String, String> in,
      Map<String, String> out) {}
}
