package org.carepathway.subscription;

/**
 * Addresses of Subscriptions R5 Backport 1.1.
 *
 * @see <a href="https://hl7.org/fhir/uv/subscriptions-backport/STU1.1/">the guide</a>
 */
final class Backport {

  private static final String GUIDE = "http://hl7.org/fhir/uv/subscriptions-backport/";
  private static final String PROFILES = GUIDE + "StructureDefinition/";

  static final String SERVER = GUIDE + "CapabilityStatement/backport-subscription-server-r4";
  static final String SUBSCRIPTION = PROFILES + "backport-subscription";
  static final String STATUS = PROFILES + "backport-subscription-status-r4";
  static final String NOTIFICATION = PROFILES + "backport-subscription-notification-r4";
  static final String TOPIC = PROFILES + "capabilitystatement-subscriptiontopic-canonical";
  static final String FILTER = PROFILES + "backport-filter-criteria";
  static final String CONTENT = PROFILES + "backport-payload-content";
  static final String CHANNEL_TYPE = PROFILES + "backport-channel-type";
  static final String HEARTBEAT = PROFILES + "backport-heartbeat-period";
  static final String TIMEOUT = PROFILES + "backport-timeout";
  static final String MAX_COUNT = PROFILES + "backport-max-count";

  private Backport() {}
}
