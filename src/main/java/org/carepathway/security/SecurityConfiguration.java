package org.carepathway.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Who gets in: HTTP Basic for the APIs, a sign-in form for the pages. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self';"
          + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /** No session and no cookie: so no cross-site request can borrow a sign-in. */
  @Bean
  @Order(1)
  SecurityFilterChain apiSecurity(HttpSecurity http) throws Exception {
    return http.securityMatcher(
            new org.springframework.security.web.util.matcher.OrRequestMatcher(
                path("/fhir"), path("/fhir/**"), path("/engine-rest/**")))
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(path("/fhir/metadata"))
                    .permitAll()
                    .requestMatchers(path("/engine-rest/**"))
                    .hasAuthority(Role.ADMIN.authority())
                    .anyRequest()
                    .authenticated())
        .httpBasic(basic -> basic.realmName("care-pathway"))
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain pageSecurity(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        path("/css/**"),
                        path("/js/**"),
                        path("/webjars/**"),
                        path("/favicon.svg"),
                        path("/error"),
                        path("/actuator/health/**"))
                    .permitAll()
                    .requestMatchers(path("/camunda/**"), path("/demo/**"))
                    .hasAuthority(Role.ADMIN.authority())
                    .anyRequest()
                    .authenticated())
        .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/worklist").permitAll())
        .logout(logout -> logout.logoutSuccessUrl("/login?signed-out"))
        .exceptionHandling(
            refusals ->
                // A part of a page must not be replaced by the sign-in form.
                refusals.defaultAuthenticationEntryPointFor(
                    new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED),
                    request -> request.getHeader("HX-Request") != null))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(
                        policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                    .referrerPolicy(Customizer.withDefaults()))
        .build();
  }

  private static PathPatternRequestMatcher path(String pattern) {
    return PathPatternRequestMatcher.withDefaults().matcher(pattern);
  }
}
