package org.carepathway.cdshooks;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** EHRs that are pages in a browser may call from the origins of the settings (CORS). */
@Configuration(proxyBeanMethods = false)
class BrowserCalls implements WebMvcConfigurer {

  private final CdsClients clients;

  BrowserCalls(CdsClients clients) {
    this.clients = clients;
  }

  @Override
  public void addCorsMappings(CorsRegistry registry) {
    registry
        .addMapping("/cds-services/**")
        .allowedOrigins(clients.origins().toArray(String[]::new))
        .allowedMethods("GET", "POST")
        .allowedHeaders("Authorization", "Content-Type", "Accept", "Accept-Language")
        .allowCredentials(false)
        .maxAge(Duration.ofMinutes(30).toSeconds());
  }
}
