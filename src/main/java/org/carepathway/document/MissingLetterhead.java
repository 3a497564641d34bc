package org.carepathway.document;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says at start what letters will lack. */
@Component
class MissingLetterhead {

  private static final Logger LOG = LoggerFactory.getLogger(MissingLetterhead.class);

  private final Letterhead letterhead;

  MissingLetterhead(Letterhead letterhead) {
    this.letterhead = letterhead;
  }

  @EventListener(ApplicationReadyEvent.class)
  void say() {
    List<String> missing = letterhead.missing();
    if (!missing.isEmpty()) {
      LOG.warn("Letters and messages go out without: {}", String.join(", ", missing));
    }
  }
}
