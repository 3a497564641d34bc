package org.carepathway.engine;

/**
 * An input of a word of the vocabulary: what content may write there and which variables the word
 * sets because of it. The content check knows the kinds, and no word.
 *
 * @param name of the {@code camunda:property}; null for all properties without a name of their own
 * @param type of the resources that a template must give; {@code Object} for any
 * @param needed whether every call of the word has it
 */
public record StepInput(String name, Kind kind, Class<?> type, boolean needed) {

  /** What may stand in an input. */
  public enum Kind {
    /** The property names a variable that is set; its value is a FHIRPath. */
    FACT,
    /** A FHIRPath. */
    PATH,
    /** Names of templates, separated by spaces. */
    TEMPLATE,
    /** Names of texts for the patient, separated by spaces. */
    TEXT,
    /** Ids of decisions, separated by spaces; their outputs are set. */
    DECISION,
    /** The name of a message that something in the pathway awaits. */
    MESSAGE,
    /** {@code patient}, {@code referrer} or the code of a role. */
    RECIPIENT,
    /** A comma list of names; for each a date {@code <name>At} is set. */
    DATE_NAMES,
    /** A code, a duration or a variable: checked when the step runs. */
    VALUE
  }

  /** One that every call needs. */
  public static StepInput needed(String name, Kind kind) {
    return new StepInput(name, kind, Object.class, true);
  }

  /** One that may be left out. */
  public static StepInput optional(String name, Kind kind) {
    return new StepInput(name, kind, Object.class, false);
  }

  /** Any property: each is a variable to set and the FHIRPath that finds its value. */
  public static StepInput facts() {
    return new StepInput(null, Kind.FACT, Object.class, false);
  }

  /** This input, for templates of a type. */
  public StepInput of(Class<?> type) {
    return new StepInput(name, kind, type, needed);
  }

  /** Whether it takes a property. */
  public boolean takes(String property) {
    return name == null || name.equals(property);
  }
}
