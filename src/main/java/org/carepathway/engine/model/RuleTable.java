package org.carepathway.engine.model;

import java.util.List;

/**
 * A decision as it is written, to read.
 *
 * @param question what it answers; empty where it does not say
 * @param description what it says about itself; empty for nothing
 * @param collects whether all rules that fit count; else the first one does
 * @param sources what the whole table rests on
 * @param inputs what it looks at, by column
 * @param outputs what it says, by column
 */
public record RuleTable(
    String id,
    String name,
    String question,
    String description,
    boolean collects,
    List<String> sources,
    List<Column> inputs,
    List<Column> outputs,
    List<Row> rules) {

  /**
   * @param label its heading
   * @param name the FEEL expression of an input, the name of an output
   */
  public record Column(String label, String name) {}

  /**
   * @param description what the rule says about itself; empty for nothing
   * @param tests one FEEL test for each input; empty where the rule does not look at it
   * @param results one FEEL expression for each output
   */
  public record Row(String id, String description, List<String> tests, List<String> results) {}
}
