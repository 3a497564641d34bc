package org.carepathway.security;

import java.util.Arrays;
import java.util.Optional;

/** The roles of the service; a pathway's lanes and candidate groups name them by their code. */
public enum Role {
  COORDINATOR("coordinator"),
  IR_PHYSICIAN("ir-physician"),
  IR_NURSE("ir-nurse"),
  /** Fracture liaison service. */
  FLS("fls"),
  SCHEDULER("scheduler"),
  REFERRER("referrer"),
  ADMIN("admin"),
  /** A system, such as the EHR. */
  INTEGRATION("integration"),
  /** Reads who saw and changed what. */
  AUDITOR("auditor");

  private static final String PREFIX = "ROLE_";

  private final String code;

  Role(String code) {
    this.code = code;
  }

  /** As in content and in CodeSystem {@code pathway-role}. */
  public String code() {
    return code;
  }

  /** As Spring Security names it. */
  public String authority() {
    return PREFIX + code;
  }

  /** Whether pathways give tasks to it; the others run the service, connect it, or look on. */
  public boolean doesTasks() {
    return this != ADMIN && this != INTEGRATION && this != AUDITOR;
  }

  static Optional<Role> ofAuthority(String authority) {
    return Arrays.stream(values()).filter(role -> role.authority().equals(authority)).findFirst();
  }

  public static Optional<Role> ofCode(String code) {
    return Arrays.stream(values()).filter(role -> role.code.equals(code)).findFirst();
  }
}
