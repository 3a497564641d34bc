package org.carepathway.template;

/** A resource template that is wrong, or that does not fit the data: says which, where and why. */
public final class TemplateException extends IllegalArgumentException {

  TemplateException(String template, String element, String reason, Throwable cause) {
    super("Template '%s', element %s: %s".formatted(template, element, reason), cause);
  }
}
