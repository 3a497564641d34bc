package org.carepathway.launch;

import org.springframework.boot.autoconfigure.session.DefaultCookieSerializerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * In the frame of another site a browser sends our cookie only where it is SameSite=None and
 * Secure; it is partitioned, so that it is one of that site's frame only (CHIPS).
 */
@Configuration(proxyBeanMethods = false)
class FrameCookies {

  @Bean
  DefaultCookieSerializerCustomizer cookiesInFrames(LaunchingEhrs ehrs) {
    return cookies -> {
      if (ehrs.frames().stream().anyMatch(origin -> origin.startsWith("https:"))) {
        cookies.setSameSite("None");
        cookies.setUseSecureCookie(true);
        cookies.setPartitioned(true);
      }
    };
  }
}
