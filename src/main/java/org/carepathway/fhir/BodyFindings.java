package org.carepathway.fhir;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What a body has that is not taken, as far as it can be seen before anything is built of it. */
final class BodyFindings {

  /** More at one place, each a row of an index, would keep the database busy for long. */
  static final int MOST_AT_A_PLACE = 1_000;

  /** Of entries, each of which is a resource of its own. */
  static final int MOST_ENTRIES = 5_000;

  /** Each of a resource's contained ones is compared with each of its elements. */
  static final int MOST_CONTAINED = 100;

  /** No type of R4 has half as many; HAPI looks each name up among all others. */
  static final int MOST_NAMES = 200;

  private static final Map<String, Integer> MOST =
      Map.of("entry", MOST_ENTRIES, "contained", MOST_CONTAINED);

  /** As text, a number of so many digits is nobody's name or code; to read it takes long. */
  private static final int LONGEST_QUOTED = 1_000;

  /**
   * What defines FHIR itself. Nobody sends it here, not within anything else either, and each keeps
   * the validator busy for half a second: it builds snapshots and evaluates expressions.
   */
  private static final Set<String> DEFINITIONS =
      Set.of(
          "CapabilityStatement",
          "CompartmentDefinition",
          "ConceptMap",
          "GraphDefinition",
          "ImplementationGuide",
          "MessageDefinition",
          "NamingSystem",
          "OperationDefinition",
          "SearchParameter",
          "StructureDefinition",
          "StructureMap",
          "TerminologyCapabilities",
          "TestScript");

  private String type;
  private String tooLarge;
  private String unstorable;
  private String tooMany;
  private String definition;
  private boolean doubtful;

  /** The resource's type, whether there is one or not; null where none is named. */
  String type() {
    return type;
  }

  /** Where a number is too large; null where none is. */
  String tooLarge() {
    return tooLarge;
  }

  /** Where a text cannot be stored; null where all can. */
  String unstorable() {
    return unstorable;
  }

  /**
   * Where there is more than {@value #MOST_AT_A_PLACE} of something, or more than {@value
   * #MOST_ENTRIES} entries; null where nowhere.
   */
  String tooMany() {
    return tooMany;
  }

  /** The type of a definition of FHIR itself, at any depth; null where there is none. */
  String definition() {
    return definition;
  }

  /** Whether some text would be too large, if it is a number: in XML and in quotes all is text. */
  boolean isDoubtful() {
    return doubtful;
  }

  void isOf(String resourceType) {
    type = resourceType;
  }

  void defines(String resourceType) {
    if (DEFINITIONS.contains(resourceType)) {
      definition = resourceType;
    }
  }

  /** The first place stands. */
  void tooLarge(String path) {
    if (tooLarge == null) {
      tooLarge = path;
    }
  }

  void tooMany(String path) {
    if (tooMany == null) {
      tooMany = path;
    }
  }

  void text(String text, Supplier<String> path) {
    if (unstorable == null && !Storable.allows(text)) {
      unstorable = path.get();
    }
  }

  void quoted(String text, String path) {
    if (!NumberLimit.allows(text)) {
      doubtful = true;
      if (text.length() > LONGEST_QUOTED) {
        tooLarge(path);
      }
    }
  }

  /** How many there may be of an element at one place; null for one without a name. */
  static int most(String element) {
    return element == null ? MOST_AT_A_PLACE : MOST.getOrDefault(element, MOST_AT_A_PLACE);
  }
}
