package org.carepathway.duty;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.PatientScope;
import org.carepathway.security.Role;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people have to do by hand, for who is signed in: what their roles do, of their patients. */
@Component
public class DutyDesk {

  private final DutyRows rows;
  private final PatientScope scope;
  private final CurrentUser user;
  private final IRepository repository;
  private final Clock clock;

  DutyDesk(
      DutyRows rows, PatientScope scope, CurrentUser user, IRepository repository, Clock clock) {
    this.rows = rows;
    this.scope = scope;
    this.user = user;
    this.repository = repository;
    this.clock = clock;
  }

  /** The first due first. */
  @Transactional(readOnly = true)
  public List<Duty> open() {
    return rows.open(roles(), scope.listed());
  }

  /** How many there are. */
  @Transactional(readOnly = true)
  public int count() {
    return rows.count(roles(), scope.listed());
  }

  /** How many of them should have been done by now. */
  @Transactional(readOnly = true)
  public int late() {
    return rows.late(roles(), scope.listed(), clock.instant());
  }

  /** The name of whom it is about; empty for nobody. */
  @Transactional(readOnly = true)
  public String patient(Duty duty) {
    if (duty.patient() == null) {
      return "";
    }
    scope.listed(duty.patient());
    try {
      return PatientIdentity.name(
          repository.read(Patient.class, new IdType("Patient", duty.patient())));
    } catch (ResourceNotFoundException | ResourceGoneException missing) {
      return "";
    }
  }

  public boolean isLate(Duty duty) {
    return duty.due().isBefore(clock.instant());
  }

  /**
   * Ticks one off.
   *
   * @return whether it was open
   */
  @Transactional
  public boolean done(UUID id) {
    Duty duty =
        rows.find(id).filter(each -> user.mayDo(each.role()) && isVisible(each)).orElse(null);
    if (duty == null) {
      return false;
    }
    if (duty.patient() != null) {
      scope.show(duty.patient());
    }
    rows.settle(duty.kind(), duty.about(), user.agent().name(), clock.instant());
    return true;
  }

  private List<String> roles() {
    return Arrays.stream(Role.values()).map(Role::code).filter(user::mayDo).toList();
  }

  private boolean isVisible(Duty duty) {
    return duty.patient() == null || scope.isVisible(duty.patient());
  }
}
