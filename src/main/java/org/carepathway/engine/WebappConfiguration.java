package org.carepathway.engine;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Map;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The engine's web applications, for the profile that offers them. */
@Configuration(proxyBeanMethods = false)
@Profile("engine-apis")
class WebappConfiguration {

  private static final int AFTER_SIGN_IN = 201;

  @Bean
  FilterRegistrationBean<ContainerBasedAuthenticationFilter> webappSignOn() {
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> filter =
        new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
    filter.setInitParameters(Map.of("authentication-provider", WebappSignOn.class.getName()));
    filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
    filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    filter.setOrder(AFTER_SIGN_IN);
    return filter;
  }
}
