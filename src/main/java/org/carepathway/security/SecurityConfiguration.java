package org.carepathway.security;

import java.util.List;
import java.util.Optional;
import org.carepathway.security.Permissions.Kind;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/** Who gets in: tokens or HTTP Basic for the APIs, Keycloak or a sign-in form for the pages. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  /** Figures for a system that watches services; they are of no patient. */
  private static final String METRICS = "/actuator/prometheus";

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self';"
          + " object-src 'none'; base-uri 'none'; form-action 'self'";
  static final String FEATURES = "camera=(), geolocation=(), microphone=(), payment=()";

  private final SignInSettings settings;
  private final Optional<KeycloakSignIn> keycloak;
  private final Permissions permissions;
  private final CurrentUser user;
  private final ApplicationEventPublisher events;
  private final RequestLimits limits;
  private final AccessSettings access;

  SecurityConfiguration(
      SignInSettings settings,
      Optional<KeycloakSignIn> keycloak,
      Permissions permissions,
      CurrentUser user,
      ApplicationEventPublisher events,
      LimitSettings limits,
      AccessSettings access) {
    this.access = access;
    this.limits = new RequestLimits(limits);
    this.user = user;
    this.events = events;
    this.settings = settings;
    this.keycloak = keycloak;
    this.permissions = permissions;
  }

  /**
   * What EHRs tell and ask: each is known by the secret of its feed, or by a token that it has
   * signed, and neither is a token of ours.
   */
  @Bean
  @Order(0)
  SecurityFilterChain ehrSecurity(HttpSecurity http) throws Exception {
    return http.securityMatcher(
            new OrRequestMatcher(
                path("/notifications/*"), path("/cds-services"), path("/cds-services/**")))
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable())
        .addFilterAfter(new RequestWatch(user, events), SecurityContextHolderFilter.class)
        .addFilterAfter(limits, RequestWatch.class)
        .build();
  }

  /** No session and no cookie: so no cross-site request can borrow a sign-in. */
  @Bean
  @Order(1)
  SecurityFilterChain apiSecurity(HttpSecurity http) throws Exception {
    http.securityMatcher(
            new OrRequestMatcher(
                path("/fhir"), path("/fhir/**"), path("/engine-rest/**"), path(METRICS)))
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(path("/fhir/metadata"), path(SmartConfiguration.PATH))
                    .permitAll()
                    .requestMatchers(path("/engine-rest/**"), path(METRICS))
                    .access(may(Kind.API))
                    .anyRequest()
                    .authenticated())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable())
        .addFilterAfter(new RequestWatch(user, events), SecurityContextHolderFilter.class)
        .addFilterAfter(limits, RequestWatch.class);
    if (!access.origins().isEmpty()) {
      http.addFilterBefore(
          OtherOrigins.filter(access.origins()), SecurityContextHolderFilter.class);
    }
    if (keycloak.isPresent()) {
      keycloak.get().apis(http);
    }
    if (settings.hasLocalUsers()) {
      http.httpBasic(basic -> basic.authenticationEntryPoint(NotSignedIn.basic()));
    }
    return http.build();
  }

  /**
   * The engine's web applications guard against forged requests and set their headers themselves.
   */
  @Bean
  @Order(2)
  SecurityFilterChain engineSecurity(HttpSecurity http) throws Exception {
    return http.securityMatcher(path("/camunda/**"))
        .authorizeHttpRequests(requests -> requests.anyRequest().access(may(Kind.API)))
        .exceptionHandling(refusals -> refusals.authenticationEntryPoint(PageRefusals.signIn()))
        .csrf(csrf -> csrf.disable())
        .addFilterAfter(new RequestWatch(user, events), SecurityContextHolderFilter.class)
        .addFilterAfter(limits, RequestWatch.class)
        .build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain pageSecurity(HttpSecurity http) throws Exception {
    http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        path("/css/**"),
                        path("/js/**"),
                        path("/webjars/**"),
                        path("/favicon.svg"),
                        path("/preferences"),
                        path("/error"),
                        path("/login"),
                        path("/.well-known/jwks.json"),
                        path("/launch"),
                        path("/launch/callback"),
                        path("/actuator/health/**"))
                    .permitAll()
                    .requestMatchers(path("/"))
                    .authenticated()
                    .anyRequest()
                    .access(may(Kind.PAGE)))
        .addFilterAfter(new RequestWatch(user, events), SecurityContextHolderFilter.class)
        .addFilterAfter(limits, RequestWatch.class)
        .logout(logout -> logout.logoutSuccessUrl("/login?signed-out"))
        .exceptionHandling(
            refusals ->
                refusals
                    .authenticationEntryPoint(PageRefusals.signIn())
                    .accessDeniedHandler(new PageRefusals(permissions)))
        .headers(
            headers ->
                headers
                    .frameOptions(options -> options.disable())
                    .addHeaderWriter(new PagePolicy(contentPolicy()))
                    .permissionsPolicyHeader(policy -> policy.policy(FEATURES))
                    .crossOriginOpenerPolicy(
                        policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                    .referrerPolicy(Customizer.withDefaults()));
    if (keycloak.isPresent()) {
      keycloak.get().pages(http);
    }
    if (settings.hasLocalUsers()) {
      http.formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/"));
    }
    return http.build();
  }

  /** By the first part of the address: {@code permissions.txt}. */
  private AuthorizationManager<RequestAuthorizationContext> may(Kind kind) {
    return (signedIn, context) -> {
      String name = PageRefusals.firstPart(context.getRequest());
      List<Role> roles =
          signedIn.get().getAuthorities().stream()
              .flatMap(authority -> Role.ofAuthority(authority.getAuthority()).stream())
              .toList();
      return new AuthorizationDecision(permissions.allow(roles, Action.USE, kind, name));
    };
  }

  private String contentPolicy() {
    return CONTENT_SECURITY_POLICY + keycloak.map(known -> ' ' + known.origin()).orElse("");
  }

  static PathPatternRequestMatcher path(String pattern) {
    return PathPatternRequestMatcher.withDefaults().matcher(pattern);
  }
}
