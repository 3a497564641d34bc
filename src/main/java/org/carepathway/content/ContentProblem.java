package org.carepathway.content;

/**
 * A fault in the content.
 *
 * @param file path of the file
 * @param element the BPMN element, linkId or FHIR path; may be empty
 * @param problem what is wrong
 * @param remedy what to do
 */
public record ContentProblem(String file, String element, String problem, String remedy) {

  @Override
  public String toString() {
    return "%s%s: %s %s"
        .formatted(file, element.isEmpty() ? "" : " at " + element, problem, remedy);
  }
}
