package org.carepathway.hl7;

import org.springframework.context.ApplicationContext;

/** Where a feed of the running service listens. */
public final class FeedPort {

  private FeedPort() {}

  public static int of(ApplicationContext context, String feed) {
    return context.getBean(Hl7Feeds.class).port(feed).number();
  }
}
