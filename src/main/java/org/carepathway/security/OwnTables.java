package org.carepathway.security;

import java.util.Set;

/** Types that are written at {@code /fhir} and that the record's store does not keep. */
final class OwnTables {

  /** Not taken in a transaction, which the store carries out. */
  static final Set<String> ALONE = Set.of("Subscription");

  private OwnTables() {}
}
