package org.carepathway.answers;

import org.carepathway.form.Form;
import org.carepathway.pathway.OpenPathway;

/**
 * A form put to somebody: by a task, or by an event that can be reported.
 *
 * @param element BPMN element or message that the answers are about
 */
public record Enquiry(OpenPathway open, Form form, String element) {

  /**
   * @param formKey {@code id|version}
   */
  public static Enquiry of(OpenPathway open, String formKey, String element) {
    return new Enquiry(open, open.content().form(formKey), element);
  }
}
