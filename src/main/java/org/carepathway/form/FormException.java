package org.carepathway.form;

/** A form whose content is wrong, or that cannot be filled from the data: names form and item. */
public final class FormException extends IllegalArgumentException {

  FormException(String form, String linkId, String reason) {
    this(form, linkId, reason, null);
  }

  FormException(String form, String linkId, String reason, Exception cause) {
    super(where(form, linkId) + ": " + reason, cause);
  }

  private static String where(String form, String linkId) {
    String item = linkId == null ? "" : ", item '" + linkId + "'";
    return "Form '" + form + "'" + item;
  }
}
