package org.carepathway.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Who gets in: HTTP Basic for the APIs, a sign-in form for the pages. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  private static final String ADMIN = Role.ADMIN.authority();
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
                    .hasAuthority(ADMIN)
                    .anyRequest()
                    .authenticated())
        .httpBasic(basic -> basic.realmName("care-pathway"))
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable())
        .build();
  }

  /**
   * The engine's web applications guard against forged requests and set their headers themselves.
   */
  @Bean
  @Order(2)
  SecurityFilterChain engineSecurity(HttpSecurity http) throws Exception {
    return http.securityMatcher(path("/camunda/**"))
        .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority(ADMIN))
        .exceptionHandling(refusals -> refusals.authenticationEntryPoint(signIn()))
        .csrf(csrf -> csrf.disable())
        .build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain pageSecurity(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        path("/css/**"),
                        path("/js/**"),
                        path("/webjars/**"),
                        path("/favicon.svg"),
                        path("/preferences"),
                        path("/error"),
                        path("/actuator/health/**"))
                    .permitAll()
                    .requestMatchers(path("/demo/**"), path("/incidents/**"))
                    .hasAuthority(ADMIN)
                    .anyRequest()
                    .authenticated())
        .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/worklist").permitAll())
        .logout(logout -> logout.logoutSuccessUrl("/login?signed-out"))
        .exceptionHandling(refusals -> refusals.authenticationEntryPoint(signIn()))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(
                        policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                    .referrerPolicy(Customizer.withDefaults()))
        .build();
  }

  /** A part of a page must not be replaced by the sign-in form: the script loads the page again. */
  private static AuthenticationEntryPoint signIn() {
    AuthenticationEntryPoint form = new LoginUrlAuthenticationEntryPoint("/login");
    AuthenticationEntryPoint status = new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED);
    return (request, response, refusal) ->
        (request.getHeader("HX-Request") == null ? form : status)
            .commence(request, response, refusal);
  }

  private static PathPatternRequestMatcher path(String pattern) {
    return PathPatternRequestMatcher.withDefaults().matcher(pattern);
  }
}
