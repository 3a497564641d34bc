package org.carepathway.staff;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.IRepository;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.carepathway.startup.StartUpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Copies staff from Keycloak into Practitioner and PractitionerRole, now and then and never because
 * somebody clicked. Off unless {@code carepathway.staff.every} is set.
 */
@Component
@ConditionalOnProperty("carepathway.staff.every")
class StaffCopy implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StaffCopy.class);

  private final KeycloakUsers users;
  private final StaffStore store;
  private final StaffSettings settings;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread created = new Thread(task, "staff-copy");
            created.setDaemon(true);
            return created;
          });

  StaffCopy(
      StaffSettings settings,
      @Value("${carepathway.sign-in.issuer:}") String issuer,
      IRepository repository,
      FhirContext fhirContext,
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ApplicationEventPublisher events) {
    if (issuer.isBlank()) {
      throw new StartUpException(
          "Staff cannot be copied: no Keycloak is set.",
          "Set carepathway.sign-in.issuer, or leave carepathway.staff.every out.",
          null);
    }
    this.settings = settings;
    this.users = new KeycloakUsers(issuer, settings);
    this.store = new StaffStore(repository, fhirContext, jdbc, transaction, events);
  }

  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    thread.scheduleWithFixedDelay(this::copy, 0, settings.every().toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** Returns how many resources were written. */
  int run() {
    List<Member> members = users.all();
    if (members.isEmpty()) {
      throw new IllegalStateException(
          "Keycloak shows nobody with a role of ours; nobody is made inactive for that");
    }
    return store.write(members);
  }

  private void copy() {
    try {
      LOG.info("Staff copied from Keycloak: {} resources written.", run());
    } catch (RuntimeException fault) {
      LOG.warn("Staff were not copied from Keycloak; tried again later: {}", fault.getMessage());
    }
  }
}
