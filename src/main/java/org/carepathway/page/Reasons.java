package org.carepathway.page;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/**
 * Says in the language of the page why something was not done. A refusal that is a {@link
 * MessageSourceResolvable} names its message itself.
 */
@Component
public class Reasons {

  private final MessageSource messages;
  private final Dates dates;
  private final Texts content;

  Reasons(MessageSource messages, Dates dates, Texts content) {
    this.messages = messages;
    this.dates = dates;
    this.content = content;
  }

  public String text(RuntimeException refusal) {
    if (refusal instanceof MessageSourceResolvable told) {
      return messages.getMessage(
          new DefaultMessageSourceResolvable(told.getCodes(), details(told.getArguments())),
          LocaleContextHolder.getLocale());
    }
    if (refusal instanceof BaseServerResponseException known && known.getStatusCode() < 500) {
      return content.of(refusal.getMessage());
    }
    return refusal instanceof ConcurrencyFailureException
        ? message("error.409.what")
        : message("refused.fault");
  }

  private Object[] details(Object[] arguments) {
    return Arrays.stream(arguments).map(this::detail).toArray();
  }

  /** Texts of the content as this language has them, times as people read them. */
  private Object detail(Object argument) {
    if (argument instanceof String text) {
      return content.of(text);
    }
    if (argument instanceof Collection<?> several) {
      return several.stream().map(this::named).collect(Collectors.joining(", "));
    }
    return argument instanceof Instant at ? dates.exact(at) : argument;
  }

  private String named(Object one) {
    return one instanceof MessageSourceResolvable told
        ? messages.getMessage(told, LocaleContextHolder.getLocale())
        : String.valueOf(detail(one));
  }

  private String message(String key) {
    return messages.getMessage(key, null, LocaleContextHolder.getLocale());
  }
}
