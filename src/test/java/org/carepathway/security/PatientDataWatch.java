package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.slf4j.LoggerFactory;

/** Watches the log and the addresses in pages: neither may say anything of a patient but ids. */
public final class PatientDataWatch implements AutoCloseable {

  private static final Pattern ADDRESS =
      Pattern.compile("(?:href|src|action|hx-[a-z]+|formaction)=\"([^\"]*)\"");

  /** Shorter ones stand in other words by chance. */
  private static final int SHORTEST = 4;

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<String> addresses = new ArrayList<>();

  public PatientDataWatch() {
    log.start();
    root.addAppender(log);
  }

  @Override
  public void close() {
    root.detachAppender(log);
  }

  /** Opens a page; returns the addresses in it. */
  public List<String> visit(Caller caller, String path) throws IOException, InterruptedException {
    HttpResponse<String> page = caller.page(path);
    assertThat(page.statusCode()).as(path).isIn(200, 302);
    page.headers().firstValue("Location").ifPresent(addresses::add);
    List<String> found =
        ADDRESS.matcher(page.body()).results().map(match -> match.group(1)).toList();
    addresses.addAll(found);
    return found;
  }

  public void address(String address) {
    addresses.add(address);
  }

  /**
   * @param others what was entered of the patient besides
   */
  public void assertNothingOf(Patient patient, Set<String> others) {
    Set<String> secrets = of(patient);
    secrets.addAll(others);
    assertThat(secrets).hasSizeGreaterThan(3);
    assertThat(addresses).hasSizeGreaterThan(10);
    List<String> logged =
        List.copyOf(log.list).stream()
            .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
            .map(PatientDataWatch::text)
            .toList();
    for (String secret : secrets) {
      assertThat(addresses).noneMatch(address -> address.contains(secret));
      assertThat(logged).noneMatch(line -> line.contains(secret));
    }
  }

  private static String text(ILoggingEvent event) {
    return event.getThrowableProxy() == null
        ? event.getFormattedMessage()
        : event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }

  /** Names, date of birth, numbers and how to reach the patient. */
  public static Set<String> of(Patient patient) {
    Set<String> secrets = new TreeSet<>();
    secrets.add(patient.getNameFirstRep().getFamily());
    patient.getNameFirstRep().getGiven().forEach(given -> secrets.add(given.getValue()));
    secrets.add(patient.getBirthDateElement().getValueAsString());
    patient.getIdentifier().stream().map(Identifier::getValue).forEach(secrets::add);
    patient.getTelecom().forEach(contact -> secrets.add(contact.getValue()));
    patient
        .getAddress()
        .forEach(address -> address.getLine().forEach(line -> secrets.add(line.getValue())));
    secrets.remove(patient.getIdElement().getIdPart());
    secrets.removeIf(secret -> secret == null || secret.length() < SHORTEST);
    return secrets;
  }
}
