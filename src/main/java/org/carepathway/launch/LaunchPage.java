package org.carepathway.launch;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.util.Optional;
import org.carepathway.ehr.CodeExchange;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.OwnAddress;
import org.carepathway.ehr.SmartDiscovery;
import org.carepathway.launch.LaunchRefusal.Why;
import org.carepathway.security.EhrFrames;
import org.carepathway.security.NamedByEhr;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * An EHR starts us for its user and the patient of whom the chart is open.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html">SMART 2.2, App
 *     Launch: EHR launch</a>
 */
@Controller
class LaunchPage {

  private static final Logger LOG = LoggerFactory.getLogger(LaunchPage.class);
  private static final String CALLBACK = "/launch/callback";
  private static final String PENDING = PendingLaunch.class.getName() + '.';
  private static final String IDENTITY = "launch openid fhirUser";

  private final LaunchingEhrs ehrs;
  private final CodeExchange exchange;
  private final EhrPeople people;
  private final NamedByEhr named;
  private final LaunchTarget target;
  private final OwnAddress address;

  LaunchPage(
      LaunchingEhrs ehrs,
      CodeExchange exchange,
      EhrPeople people,
      NamedByEhr named,
      LaunchTarget target,
      OwnAddress address) {
    this.ehrs = ehrs;
    this.exchange = exchange;
    this.people = people;
    this.named = named;
    this.target = target;
    this.address = address;
  }

  /** Goes on to the EHR, which says by a code who its user is. */
  @GetMapping("/launch")
  String begin(
      @RequestParam(defaultValue = "") String iss,
      @RequestParam(defaultValue = "") String launch,
      HttpServletRequest request) {
    LaunchingEhr ehr = ehrs.find(iss).orElseThrow(() -> new LaunchRefusal(Why.UNKNOWN_EHR));
    if (launch.isBlank() || launch.length() > 2000) {
      throw new LaunchRefusal(Why.NO_LAUNCH);
    }
    SmartDiscovery.Document document = ehr.document();
    PendingLaunch pending = PendingLaunch.of(ehr.iss());
    request.getSession().setAttribute(PENDING + pending.state(), pending);
    return "redirect:"
        + UriComponentsBuilder.fromUri(document.authorize())
            .queryParam("response_type", "code")
            .queryParam("client_id", "{client}")
            .queryParam("redirect_uri", "{redirect}")
            .queryParam("scope", "{scope}")
            .queryParam("state", "{state}")
            .queryParam("nonce", "{nonce}")
            .queryParam("aud", "{aud}")
            .queryParam("launch", "{launch}")
            .queryParam("code_challenge", "{challenge}")
            .queryParam("code_challenge_method", "S256")
            .encode()
            .buildAndExpand(
                ehr.settings().client(),
                redirect().toString(),
                IDENTITY + ' ' + String.join(" ", ehr.settings().scopes()),
                pending.state(),
                pending.nonce(),
                ehr.iss(),
                launch,
                pending.challenge())
            .toUriString();
  }

  private URI redirect() {
    return address.of(CALLBACK);
  }

  /** Comes back from the EHR. */
  @GetMapping(CALLBACK)
  ModelAndView back(
      @RequestParam(defaultValue = "") String state,
      @RequestParam(required = false) String code,
      HttpServletRequest request,
      HttpServletResponse response) {
    PendingLaunch pending = pending(state, request);
    if (code == null) {
      throw new LaunchRefusal(Why.REFUSED);
    }
    LaunchingEhr ehr =
        ehrs.find(pending.iss()).orElseThrow(() -> new LaunchRefusal(Why.UNKNOWN_EHR));
    LaunchSettings.Ehr settings = ehr.settings();
    CodeExchange.Granted granted =
        exchange.exchange(
            ehr.document(),
            new CodeExchange.Client(settings.client(), settings.proof(), settings.secret()),
            redirect(),
            code,
            pending.verifier(),
            settings.answer());
    String user = ehr.user(granted.more().get("id_token"), pending.nonce());
    String name = people.name(ehr, user, granted.token());
    Object patient = granted.more().get("patient");
    Optional<String> here =
        patient == null
            ? Optional.empty()
            : people.patient(ehr, String.valueOf(patient), granted.token());
    HttpSession session =
        named
            .signIn(name, settings.knownFor(), request, response)
            .orElseThrow(() -> new LaunchRefusal(Why.UNKNOWN_USER));
    EhrFrames.allow(session, settings.frames());
    if (patient != null && here.isEmpty()) {
      return nowhere();
    }
    return target
        .of(here, granted.more().get("appContext"))
        .map(to -> new ModelAndView("redirect:" + to))
        .orElseGet(LaunchPage::nowhere);
  }

  private static PendingLaunch pending(String state, HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null
        && state.matches("[A-Za-z0-9_-]{43}")
        && session.getAttribute(PENDING + state) instanceof PendingLaunch pending) {
      session.removeAttribute(PENDING + state);
      return pending;
    }
    throw new LaunchRefusal(Why.NOT_BEGUN);
  }

  /** The patient is on no pathway here, or not theirs to see: which of both is not told. */
  private static ModelAndView nowhere() {
    return new ModelAndView("launch", "text", "launch.nowhere").addObject("signedIn", true);
  }

  @ExceptionHandler
  ModelAndView refused(
      LaunchRefusal refusal, HttpServletRequest request, HttpServletResponse response) {
    LOG.info("A launch was refused: {}", refusal.why());
    return page(refusal.why(), request, response);
  }

  @ExceptionHandler
  ModelAndView failed(EhrFault fault, HttpServletRequest request, HttpServletResponse response) {
    LOG.warn("A launch failed at the EHR: {}", fault.getMessage());
    return page(fault.kind() == EhrFault.Kind.SIGN_IN ? Why.UNCLEAR : Why.AWAY, request, response);
  }

  /** It stands in the EHR's frame, too. */
  private ModelAndView page(Why why, HttpServletRequest request, HttpServletResponse response) {
    EhrFrames.allow(request, ehrs.frames());
    response.setStatus(why.status());
    return new ModelAndView("launch", "text", why.key());
  }
}
