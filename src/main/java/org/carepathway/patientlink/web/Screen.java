package org.carepathway.patientlink.web;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** What a link shows. */
enum Screen {
  /** Nobody has sent such a link. */
  UNKNOWN(HttpStatus.NOT_FOUND),
  /** Too late, or not to be answered any more. */
  GONE(HttpStatus.GONE),
  /** Too many wrong dates of birth. */
  LOCKED(HttpStatus.FORBIDDEN),
  /** Asks for the date of birth. */
  BIRTH(HttpStatus.OK),
  QUESTIONS(HttpStatus.OK),
  /** When and what to do before it; to confirm, cancel or ask for another date. */
  APPOINTMENT(HttpStatus.OK),
  /**
   * What was sent was not kept: the pathway has ended, or it is answered and who sent it has not
   * told the date of birth.
   */
  LATE(HttpStatus.GONE),
  /** Answered. */
  THANKS(HttpStatus.OK);

  private final HttpStatus status;

  Screen(HttpStatus status) {
    this.status = status;
  }

  HttpStatus status() {
    return status;
  }

  String view() {
    return "link/" + name().toLowerCase(Locale.ROOT);
  }
}
