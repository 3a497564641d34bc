package org.carepathway.engine;

import java.util.List;
import java.util.Map;
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
 * @param calls called process id to binding
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
    Map<String, String> calls,
    Map<String, String> problems) {

  /**
   * @param roles candidate groups as written
   * @param form form key as written; null where it has none
   */
  public record UserTaskModel(
      String id, String name, String roles, String form, String dueDate, String priority) {}

  /**
   * @param word the step's name; null where the delegate is not <code>${word}</code>
   * @param inputs its properties in order
   * @param before ids of all elements that can run before it in this process
   */
  public record StepModel(String id, String word, Map<String, String> inputs, Set<String> before) {}
}
