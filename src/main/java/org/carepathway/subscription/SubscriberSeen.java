package org.carepathway.subscription;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.fhir.RequestOrder;
import org.carepathway.security.Mandate;
import org.carepathway.security.Mandates;
import org.springframework.stereotype.Component;

/** Keeps which roles and teams subscribers have, as each call of theirs at {@code /fhir} shows. */
@Component
@Interceptor
class SubscriberSeen implements FhirInterceptor {

  private static final int BEFORE_RIGHTS = RequestOrder.RIGHTS - 10;

  private final Mandates mandates;
  private final SubscriberRows rows;
  private final Cache<Mandate, Boolean> recently =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  SubscriberSeen(Mandates mandates, SubscriberRows rows) {
    this.mandates = mandates;
    this.rows = rows;
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = BEFORE_RIGHTS)
  public void seen() {
    mandates
        .mine()
        .filter(mine -> recently.asMap().putIfAbsent(mine, true) == null)
        .ifPresent(rows::seen);
  }
}
