package org.carepathway.engine.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the content check needs to know of a decision.
 *
 * @param file name of the file
 * @param versionTag its version; null where it has none
 * @param keepsHistory whether it says how long its history is kept
 * @param inputs the variables its input expressions name
 * @param labels labels of its inputs, which name them in the evidence
 * @param outputs names of its outputs
 * @param literals output to the texts that its rules put out as they are written
 * @param problems element id to what no decision may have there
 * @param policy the policy values that it names, in camel case
 */
public record DecisionModel(
    String file,
    String id,
    String versionTag,
    boolean keepsHistory,
    Set<String> inputs,
    List<String> labels,
    List<String> outputs,
    Map<String, Set<String>> literals,
    Map<String, String> problems,
    Set<String> policy) {

  /** The texts that rules put out as an output, as far as they are written in the table. */
  public Set<String> literals(String output) {
    return literals.getOrDefault(output, Set.of());
  }
}
