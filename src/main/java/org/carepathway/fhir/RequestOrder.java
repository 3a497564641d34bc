package org.carepathway.fhir;

/**
 * In which order a request is looked at before it is handled: what it is, whether its sender may do
 * that, what it brings, and only then HAPI's validator, at 0, which may take seconds.
 */
public final class RequestOrder {

  public static final int RIGHTS = -40;
  public static final int BODY = -30;
  public static final int ENTRIES = -20;
  public static final int BATCH = -15;
  public static final int PAGES = -10;
  public static final int VALID = 0;

  private RequestOrder() {}
}
