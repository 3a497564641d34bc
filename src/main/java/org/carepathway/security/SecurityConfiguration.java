package org.carepathway.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.carepathway.security.Permissions.Kind;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
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
  private static final String LINK_POLICY =
      "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
  private static final String FEATURES = "camera=(), geolocation=(), microphone=(), payment=()";

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
                path("/link/**"), path("/receipts/*"), path("/calendars/*"), path("/scheduling/*")))
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(cache -> cache.disable())
        .csrf(csrf -> csrf.disable())
        .addFilterAfter(new LinkLimits(settings), SecurityContextHolderFilter.class)
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(LINK_POLICY))
                    .permissionsPolicyHeader(policy -> policy.policy(FEATURES))
                    .crossOriginOpenerPolicy(
                        policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                    .addHeaderWriter(new StaticHeadersWriter("X-Robots-Tag", "noindex, nofollow")))
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
        .exceptionHandling(refusals -> refusals.authenticationEntryPoint(signIn()))
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
                refusals.authenticationEntryPoint(signIn()).accessDeniedHandler(this::refuse))
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

  /**
   * What is named nowhere is not there, for nobody; the rest is not for this role, or a form that
   * came without its token.
   */
  private void refuse(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
      throws IOException, ServletException {
    String page = firstPart(request);
    boolean known =
        permissions.subjects(Kind.PAGE).stream().anyMatch(each -> each.name().equals(page));
    if (!known && !(refusal instanceof CsrfException)) {
      response.sendError(HttpStatus.NOT_FOUND.value());
    } else {
      new AccessDeniedHandlerImpl().handle(request, response, refusal);
    }
  }

  private static String firstPart(HttpServletRequest request) {
    return request.getRequestURI().split("[/;]", 3)[1];
  }

  /** By the first part of the address: {@code permissions.txt}. */
  private AuthorizationManager<RequestAuthorizationContext> may(Kind kind) {
    return (signedIn, context) -> {
      String name = firstPart(context.getRequest());
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
