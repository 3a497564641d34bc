package org.carepathway.worklist.web;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.time.Instant;
import java.util.List;
import org.carepathway.worklist.TaskRefused;
import org.carepathway.worklist.TaskRefused.Why;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/** Says in the language of the page why something was not done. */
@Component
class Reasons {

  private final MessageSource messages;
  private final Dates dates;
  private final Texts content;

  Reasons(MessageSource messages, Dates dates, Texts content) {
    this.messages = messages;
    this.dates = dates;
    this.content = content;
  }

  String text(RuntimeException refusal) {
    if (refusal instanceof TaskRefused task) {
      return message("refused." + task.why().code(), details(task));
    }
    if (refusal instanceof BaseServerResponseException known && known.getStatusCode() < 500) {
      return content.of(refusal.getMessage());
    }
    return refusal instanceof ConcurrencyFailureException
        ? message("error.409.what")
        : message("refused.fault");
  }

  private Object[] details(TaskRefused refusal) {
    List<Object> details = refusal.details();
    Object[] texts = details.stream().map(this::text).toArray();
    texts[0] = content.of(String.valueOf(texts[0]));
    if (refusal.why() == Why.OTHER_ROLE || refusal.why() == Why.NOT_THEIR_ROLE) {
      texts[1] = message("role." + details.get(1));
    } else if (refusal.why() == Why.FINISHED) {
      texts[1] = message("status." + details.get(1));
    }
    return texts;
  }

  private Object text(Object detail) {
    return detail instanceof Instant at ? dates.exact(at) : detail;
  }

  private String message(String key, Object... arguments) {
    return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
  }
}
