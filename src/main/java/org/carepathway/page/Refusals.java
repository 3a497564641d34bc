package org.carepathway.page;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Tells people in plain words why the service did not do what they asked. */
@ControllerAdvice
class Refusals {

  private static final int CONFLICT = 409;

  private final Reasons reasons;

  Refusals(Reasons reasons) {
    this.reasons = reasons;
  }

  @ExceptionHandler
  ModelAndView refused(BaseServerResponseException refusal) {
    if (refusal.getStatusCode() >= 500) {
      throw refusal;
    }
    return page(refusal.getStatusCode(), reasons.text(refusal));
  }

  @ExceptionHandler(ConcurrencyFailureException.class)
  ModelAndView concurrent() {
    return page(CONFLICT, null);
  }

  private static ModelAndView page(int status, String reason) {
    return new ModelAndView("error", HttpStatusCode.valueOf(status))
        .addObject("status", status)
        .addObject("reason", reason);
  }
}
