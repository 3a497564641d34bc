package org.carepathway.ehr;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses that patients' data and secrets may go to. */
public final class EhrAddress {

  private EhrAddress() {}

  /** With TLS, or on this machine. */
  public static boolean isSafe(URI address) {
    return SettingsCheck.isSafe(address);
  }

  public static boolean isSafe(String address) {
    try {
      return isSafe(new URI(address));
    } catch (URISyntaxException unclear) {
      return false;
    }
  }

  /** The same without the slashes at its end, as addresses are compared. */
  public static String plain(String address) {
    return address.replaceFirst("/+$", "");
  }
}
