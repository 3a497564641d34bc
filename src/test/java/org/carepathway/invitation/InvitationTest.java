package org.carepathway.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DateProperty;
import org.carepathway.RunningService;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Bookings;
import org.carepathway.capacity.Capacity;
import org.carepathway.clock.ServiceClock;
import org.carepathway.invitation.InvitationSettings.Person;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.mail.MailSenderAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who is booked is invited, and each change of the booking reaches their calendar once: the same
 * UID, a higher SEQUENCE, and nothing of the patient. The mail server is a real one.
 */
class InvitationTest extends RunningService {

  /** The service's own parts, at a site that has set mail up; the rest is the running service. */
  @ComponentScan(
      basePackages = {"org.carepathway.invitation", "org.carepathway.outreach"},
      useDefaultFilters = false,
      includeFilters =
          @Filter(
              type = FilterType.REGEX,
              pattern =
                  ".*\\.(Invitations|InvitedBookings|InvitationRows|InvitationMail|Carriers|SmtpCarrier)"))
  @ConfigurationPropertiesScan({"org.carepathway.invitation", "org.carepathway.outreach"})
  @ImportAutoConfiguration(MailSenderAutoConfiguration.class)
  @EnableTransactionManagement
  static class Parts {}

  @Autowired private ApplicationContext service;
  @Autowired private Capacity capacity;
  @Autowired private Bookings bookings;
  @Autowired private TransactionTemplate transaction;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Clock clock;

  private final String own = UUID.randomUUID().toString().substring(0, 8);
  private final String referral = UUID.randomUUID().toString();
  private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
  private Actor operator;
  private Actor room;
  private Instant start;

  @BeforeEach
  void setUp() {
    server.start();
    operator = capacity.setUp("operator", "Dr Invited " + own);
    room = capacity.setUp("room", "Angio " + own);
    start = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(20));
  }

  @AfterEach
  void takeOutOfUse() {
    server.stop();
    capacity.retire(operator.id());
    capacity.retire(room.id());
  }

  @Test
  void eachChangeReachesTheCalendarOnceAsTheSameEvent() throws Exception {
    try (AnnotationConfigApplicationContext site = site(server.getSmtp().getPort())) {
      Invitations invitations = site.getBean(Invitations.class);
      book(start);
      invitations.look();
      invitations.look();
      VEvent first = only(1, "REQUEST", 0);
      assertThat(instant(first.getDateTimeStart())).isEqualTo(start);
      assertThat(instant(first.getDateTimeEnd())).isEqualTo(start.plus(Duration.ofHours(1)));
      assertThat(first.getLocation().getValue()).isEqualTo(room.name());
      assertThat(first.getStatus().getValue()).isEqualTo("CONFIRMED");

      String moved = book(start.plus(Duration.ofDays(1)));
      invitations.look();
      VEvent second = only(2, "REQUEST", 1);
      assertThat(instant(second.getDateTimeStart())).isEqualTo(start.plus(Duration.ofDays(1)));

      transaction.executeWithoutResult(status -> bookings.free(moved));
      invitations.look();
      assertThat(only(3, "CANCEL", 2).getStatus().getValue()).isEqualTo("CANCELLED");

      book(start.plus(Duration.ofDays(2)));
      invitations.look();
      invitations.look();
      VEvent again = only(4, "REQUEST", 3);
      for (VEvent each : List.of(second, again, event(mail(2)))) {
        assertThat(each.getUid()).as("the same event").isEqualTo(first.getUid());
      }
    }
  }

  /** Who did not come is booked again weeks later: a calendar takes no lower number. */
  @Test
  void whatIsBookedAgainAfterItsTimeIsTheSameEvent() throws Exception {
    try (AnnotationConfigApplicationContext site = site(server.getSmtp().getPort())) {
      Invitations invitations = site.getBean(Invitations.class);
      book(clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(10)));
      invitations.look();
      VEvent first = only(1, "REQUEST", 0);
      serviceClock.advance(Duration.ofHours(2));
      invitations.look();
      book(start);
      invitations.look();
      assertThat(only(2, "REQUEST", 1).getUid()).isEqualTo(first.getUid());
    }
  }

  /** It is tried again; what came and went meanwhile was never in the calendar. */
  @Test
  void anOutageLosesNothingAndSendsNothingThatIsOver() throws Exception {
    try (AnnotationConfigApplicationContext down = site(nobody());
        AnnotationConfigApplicationContext up = site(server.getSmtp().getPort())) {
      String first = book(start);
      down.getBean(Invitations.class).look();
      up.getBean(Invitations.class).look();
      assertThat(server.getReceivedMessages()).as("not before a minute is over").isEmpty();
      transaction.executeWithoutResult(status -> bookings.free(first));
      up.getBean(Invitations.class).look();
      assertThat(server.getReceivedMessages()).as("nothing to take back").isEmpty();

      book(start.plus(Duration.ofDays(1)));
      down.getBean(Invitations.class).look();
      serviceClock.advance(Duration.ofMinutes(2));
      up.getBean(Invitations.class).look();
      up.getBean(Invitations.class).look();
      only(1, "REQUEST", 2);
    }
  }

  /** Other watches wait for this one. */
  @Test
  void aServerThatIsAwayIsAskedOnceInALook() throws Exception {
    try (AnnotationConfigApplicationContext down = site(nobody());
        AnnotationConfigApplicationContext up = site(server.getSmtp().getPort())) {
      book(start);
      book(start.plus(Duration.ofDays(1)), UUID.randomUUID().toString());
      down.getBean(Invitations.class).look();
      up.getBean(Invitations.class).look();
      assertThat(server.getReceivedMessages()).as("only the one that was not tried").hasSize(1);
      serviceClock.advance(Duration.ofMinutes(2));
      up.getBean(Invitations.class).look();
      assertThat(server.getReceivedMessages()).hasSize(2);
    }
  }

  /** A calendar that is wrong is told by a person, until a later mail puts it right. */
  @Test
  void whatIsRefusedForGoodIsSomebodysToTell() throws Exception {
    try (ServerSocket refusing = new ServerSocket(0);
        AnnotationConfigApplicationContext refused = site(refusing.getLocalPort());
        AnnotationConfigApplicationContext up = site(server.getSmtp().getPort())) {
      Thread answers = new Thread(() -> refuse(refusing));
      answers.setDaemon(true);
      answers.start();
      book(start);
      refused.getBean(Invitations.class).look();
      assertThat(byHand()).singleElement().asString().contains("scheduler", room.name());
      refused.getBean(Invitations.class).look();
      assertThat(byHand()).as("once").hasSize(1);

      book(start.plus(Duration.ofDays(1)));
      up.getBean(Invitations.class).look();
      assertThat(server.getReceivedMessages()).hasSize(1);
      assertThat(byHand()).as("put right by the next mail").isEmpty();
    }
  }

  private List<String> byHand() {
    return jdbc.queryForList(
        """
        select role || ': ' || detail from duty
        where kind = 'invitation' and settled_at is null and detail like ?\
        """,
        String.class,
        operator.name() + "%");
  }

  /** Answers as a mail server does that knows no such address. */
  private static void refuse(ServerSocket server) {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          BufferedReader read =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
          OutputStream write = socket.getOutputStream();
          write.write("220 hello\r\n".getBytes(StandardCharsets.US_ASCII));
          for (String line = read.readLine(); line != null; line = read.readLine()) {
            String answer = line.startsWith("RCPT") ? "550 5.1.1 no such user" : "250 ok";
            write.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
          }
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** Prints what a look costs among 5,000 bookings; what fails it is a look that compares again. */
  @Test
  void aLookAmongThousandsOfBookingsComparesOnlyWhatHasChanged() throws Exception {
    List<Actor> all = new ArrayList<>(List.of(room, operator));
    for (String kind : List.of("sedation-nurse", "recovery-bay")) {
      all.add(capacity.setUp(kind, kind + own));
    }
    try (AnnotationConfigApplicationContext site = site(server.getSmtp().getPort())) {
      for (Actor actor : all) {
        jdbc.update(
            """
            insert into capacity_claim (actor, appointment, referral, during, state)
            select ?, 'many-' || ? || n, 'many-' || ? || n, tstzrange(
                cast(? as timestamptz) + make_interval(mins => n * 90),
                cast(? as timestamptz) + make_interval(mins => n * 90 + 60)), 'booked'
            from generate_series(1, 5000) n\
            """,
            actor.id(),
            own,
            own,
            Timestamp.from(start),
            Timestamp.from(start));
      }
      jdbc.execute("analyze capacity_claim");
      InvitedBookings bookings = site.getBean(InvitedBookings.class);
      long first = millis(() -> assertThat(bookings.follow()).isTrue());
      List<Long> quiet = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        // Other tests book in the same service: then it is compared, which is right.
        boolean[] compared = {true};
        long took = millis(() -> compared[0] = bookings.follow());
        if (!compared[0]) {
          quiet.add(took);
        }
      }
      assertThat(quiet).isNotEmpty();
      jdbc.update(
          "update capacity_claim set during = tstzrange(lower(during), upper(during) - interval '5 minutes') where appointment = ?",
          "many-" + own + "17");
      long changed = millis(() -> assertThat(bookings.follow()).isTrue());
      assertThat(
              jdbc.queryForObject(
                  "select count(*) from staff_invitation where person = ? and sequence = 1",
                  Integer.class,
                  operator.name()))
          .isEqualTo(1);
      quiet.sort(null);
      System.out.printf(
          "5,000 bookings: first %d ms, unchanged p50 %d ms, one changed %d ms%n",
          first, quiet.get(quiet.size() / 2), changed);
    } finally {
      jdbc.update("delete from capacity_claim where appointment like ?", "many-" + own + "%");
      jdbc.update("delete from staff_invitation where person = ?", operator.name());
      all.stream().skip(2).forEach(actor -> capacity.retire(actor.id()));
    }
  }

  private static long millis(Runnable what) {
    long begin = System.nanoTime();
    what.run();
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static int nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A booking for an hour of the room and the operator, in place of the referral's former one. */
  private String book(Instant from) {
    return book(from, referral);
  }

  private String book(Instant from, String referral) {
    Appointment appointment = new Appointment();
    appointment.setId(UUID.randomUUID().toString());
    appointment.setStatus(AppointmentStatus.BOOKED);
    appointment.setStart(Date.from(from)).setEnd(Date.from(from.plus(Duration.ofHours(1))));
    appointment.addBasedOn().setReference("ServiceRequest/" + referral);
    List.of(room, operator)
        .forEach(
            actor ->
                appointment
                    .addParticipant()
                    .setActor(new Reference().setDisplay(actor.name()))
                    .addType()
                    .addCoding()
                    .setSystem("https://carepathway.org/fhir/CodeSystem/booked-as")
                    .setCode(actor.kind()));
    transaction.executeWithoutResult(status -> bookings.book(appointment));
    return appointment.getIdElement().getIdPart();
  }

  /** The newest mail, of so many. */
  private VEvent only(int mails, String method, int sequence) throws Exception {
    assertThat(server.getReceivedMessages()).hasSize(mails);
    MimeMessage mail = mail(mails - 1);
    assertThat(mail.getAllRecipients()[0]).hasToString("operator@example.org");
    assertThat(mail.getSubject()).contains(room.name());
    Multipart parts = (Multipart) mail.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getBodyPart(1).getContentType()).contains("text/calendar", "method=" + method);
    assertThat(parts.getBodyPart(0).getContent().toString()).doesNotContain(referral);
    Calendar calendar = calendar(mail);
    assertThat(calendar.validate().hasErrors()).isFalse();
    assertThat(calendar.getMethod().getValue()).isEqualTo(method);
    VEvent event = event(mail);
    assertThat(event.getSequence().getSequenceNo()).isEqualTo(sequence);
    assertThat(event.getRequiredProperty(Property.ATTENDEE).toString())
        .contains("RSVP=FALSE", "mailto:operator@example.org");
    assertThat(event.getOrganizer().getValue()).isEqualTo("mailto:hospital@example.org");
    assertThat(event.toString()).doesNotContain(referral).doesNotContain("ServiceRequest");
    return event;
  }

  private MimeMessage mail(int number) {
    return server.getReceivedMessages()[number];
  }

  private static VEvent event(MimeMessage mail) throws Exception {
    return (VEvent) calendar(mail).getComponents().get(0);
  }

  private static Instant instant(DateProperty<?> time) {
    return Instant.from(time.getDate());
  }

  private static Calendar calendar(MimeMessage mail) throws Exception {
    BodyPart part = ((Multipart) mail.getContent()).getBodyPart(1);
    return new CalendarBuilder()
        .build(new ByteArrayInputStream(part.getInputStream().readAllBytes()));
  }

  private AnnotationConfigApplicationContext site(int port) throws IOException {
    AnnotationConfigApplicationContext site = new AnnotationConfigApplicationContext();
    // Not its parent: the service would take the end of this one for its own.
    site.getDefaultListableBeanFactory()
        .setParentBeanFactory(service.getAutowireCapableBeanFactory());
    site.getDefaultListableBeanFactory()
        .registerSingleton("messageSource", service.getBean("messageSource"));
    TestPropertyValues.of(
            "spring.mail.host=127.0.0.1",
            "spring.mail.port=" + port,
            "carepathway.outreach.shown=false",
            "carepathway.outreach.mail-from=hospital@example.org",
            "carepathway.invitations.people[0].name=" + operator.name().toUpperCase(Locale.ROOT),
            "carepathway.invitations.people[0].mail=operator@example.org")
        .applyTo(site);
    site.register(Parts.class);
    site.refresh();
    return site;
  }

  @Test
  void whoCannotBeInvitedStopsTheStart() {
    assertThatThrownBy(() -> new Person("Dr Example", "example"))
        .hasMessageContaining("Dr Example has no mail address");
    assertThatThrownBy(() -> new Person("Dr Example", "a@b\r\nBcc: c@d"))
        .hasMessageContaining("Dr Example has no mail address");
    assertThatThrownBy(() -> new Person("Dr Example", "Dr <a@example.org>"))
        .hasMessageContaining("Dr Example has no mail address");
    assertThatThrownBy(() -> new Person(" ", "a@b")).hasMessageContaining("has a name");
    Person person = new Person("Dr Example", "a@example.org");
    assertThatThrownBy(
            () ->
                new InvitationSettings(
                    List.of(person, new Person("dr example ", "b@example.org")), Locale.ENGLISH))
        .hasMessageContaining("twice");
  }
}
