package org.carepathway.worklist.web;

import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** The messages of the pages, without the service around them. */
public final class OwnMessages {

  public static final MessageSource SOURCE = source();

  private OwnMessages() {}

  private static MessageSource source() {
    ResourceBundleMessageSource source = new ResourceBundleMessageSource();
    source.setBasename("messages");
    source.setDefaultEncoding("UTF-8");
    source.setFallbackToSystemLocale(false);
    return source;
  }
}
