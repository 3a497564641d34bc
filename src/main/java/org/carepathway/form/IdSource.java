package org.carepathway.form;

/** Gives the ids of extracted resources. Deterministic, so that a retry writes the same again. */
@FunctionalInterface
public interface IdSource {

  /**
   * @param templateId id of the template in the form, or the name of an allocated id that no
   *     template takes
   * @param repetition counts from 0 for each template, in the order of the response
   * @return a logical id; a UUID when allocated ids are used as urn:uuid
   */
  String id(String templateId, int repetition);
}
