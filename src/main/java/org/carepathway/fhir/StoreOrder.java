package org.carepathway.fhir;

/**
 * In which order the hooks on the store run. Without a number HAPI runs them in the order in which
 * their classes were found.
 */
public final class StoreOrder {

  // A Bundle as it came: what is refused is refused before anything is looked for.
  public static final int BUNDLE_LIMITS = 10;
  public static final int BUNDLE_RULES = 20;
  public static final int BUNDLE_REFERRALS = 30;
  public static final int BUNDLE_HISTORY = 40;

  // Before a resource is stored: that a patch has been applied, what may not be written at all,
  // what is wrong with it in itself, then what is wrong with it as a referral.
  public static final int PATCHED = 100;
  public static final int OWNED = 110;
  public static final int HISTORY = 115;
  public static final int NUMBERS = 120;
  public static final int CONDITIONS = 130;
  public static final int VALID = 140;
  public static final int NAMED = 150;
  public static final int REFERRAL_CHECK = 160;

  // Stored, before the commit: that something was stored, who sees the patient and how they are
  // found, who wrote it; then what follows from it, and of that the start of a pathway first.
  public static final int COMMITTED = 210;
  public static final int SENT_IN = 220;
  public static final int PATIENT_INDEX = 230;
  public static final int AUDIT = 240;
  public static final int REFERRALS = 250;
  public static final int PATIENT_EVENTS = 260;
  public static final int WAITING_MESSAGES = 270;
  public static final int CAPACITY = 280;
  public static final int SUBSCRIBERS = 290;

  // Two writers met.
  public static final int TRY_AGAIN = 310;

  private StoreOrder() {}
}
