package org.carepathway.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells a newcomer where to go and what to click first. */
@Component
@Profile("demo")
class Welcome {

  private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

  private static final String TEXT =
      """


      ==========================================================================================
        DEMO - synthetic patients, passwords that everybody knows. Never for real patients.

        Open      http://localhost:%1$d/
        Sign in   coordinator, physician, nurse, scheduler, referrer or admin;
                  the password is the name

        First     sign in as coordinator, open 'Triage the referral' and submit it;
                  then sign in as physician: the patient has moved on.
        Time      sign in as admin and move the clock under 'Demo clock':
                  the 48-hour call and the 12-month contact come up as they fall due.
        FHIR      curl -u coordinator:coordinator http://localhost:%1$d/fhir/Task?status=ready
      ==========================================================================================
      """;

  @EventListener
  void ready(ApplicationReadyEvent event) {
    if (event.getApplicationContext() instanceof ServletWebServerApplicationContext web) {
      LOG.info(TEXT.formatted(web.getWebServer().getPort()));
    }
  }
}
