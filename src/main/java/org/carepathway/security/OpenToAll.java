package org.carepathway.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/** What is opened without an account. */
@Configuration(proxyBeanMethods = false)
class OpenToAll {

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

  /**
   * Links of patients, who have no account, calendars by a secret link, open times for anybody, and
   * what gateways tell, signed. The token of a link is in its address: it goes to no log, no other
   * site and no cache. There is no sign-in that a forged request could borrow.
   */
  @Bean
  @Order(0)
  SecurityFilterChain linkSecurity(HttpSecurity http, LimitSettings settings) throws Exception {
    return http.securityMatcher(
            new OrRequestMatcher(
                SecurityConfiguration.path("/link/**"),
                SecurityConfiguration.path("/receipts/*"),
                SecurityConfiguration.path("/calendars/*"),
                SecurityConfiguration.path("/scheduling/*")))
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(cache -> cache.disable())
        .csrf(csrf -> csrf.disable())
        .addFilterAfter(new LinkLimits(settings), SecurityContextHolderFilter.class)
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(
                        policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                    .permissionsPolicyHeader(
                        policy -> policy.policy(SecurityConfiguration.FEATURES))
                    .crossOriginOpenerPolicy(
                        policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                    .addHeaderWriter(new StaticHeadersWriter("X-Robots-Tag", "noindex, nofollow")))
        .build();
  }
}
