package org.carepathway.ehr;

import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Our public keys, where EHRs read them; nobody needs to be signed in. */
@RestController
class JwksPage {

  private static final Duration FRESH = Duration.ofMinutes(5);

  private final SmartKeys keys;

  JwksPage(SmartKeys keys) {
    this.keys = keys;
  }

  @GetMapping("/.well-known/jwks.json")
  ResponseEntity<Map<String, Object>> keys() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
        .body(keys.published());
  }
}
