package org.carepathway.outreach;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The messages to patients and staff without threads and ports: they leave when a rehearsal says.
 */
public final class OutreachStage {

  /** The service's own parts, before a network that is pretended. */
  @ComponentScan(
      basePackages = "org.carepathway.outreach",
      excludeFilters =
          @Filter(
              type = FilterType.REGEX,
              pattern =
                  ".*\\.(ReceiptPage|Delivery|Bounces|SmtpCarrier|OutreachConfiguration|OutreachStage.*)"))
  @ConfigurationPropertiesScan("org.carepathway.outreach")
  public static class Parts {

    @Bean
    PretendedNetwork texts(Clock clock) {
      return new PretendedNetwork(Channel.SMS, clock);
    }

    @Bean
    PretendedNetwork mail(Clock clock) {
      return new PretendedNetwork(Channel.MAIL, clock);
    }

    @Bean
    PretendedNetwork pager(Clock clock) {
      return new PretendedNetwork(Channel.PAGER, clock);
    }
  }

  private final ContactLadder ladder;
  private final Dispatch dispatch;
  private final JdbcTemplate jdbc;
  private final StaffTime staff;
  private final List<PretendedNetwork> networks;

  public OutreachStage(ApplicationContext service) {
    ladder = service.getBean(ContactLadder.class);
    dispatch = service.getBean(Dispatch.class);
    jdbc = service.getBean(JdbcTemplate.class);
    staff = service.getBean(StaffTime.class);
    networks = List.copyOf(service.getBeansOfType(PretendedNetwork.class).values());
  }

  /** Nobody has been written to; the tables are those of an empty world. */
  public void begin(long seed) {
    networks.forEach(network -> network.begin(seed));
  }

  /** All that is due now. */
  public void run() {
    boolean more = true;
    while (more) {
      more = ladder.run() > 0;
      while (dispatch.next()) {
        more = true;
      }
    }
  }

  /** Of the site between two times, in quarters of an hour. */
  public Duration openingHours(Instant from, Instant to) {
    return staff.between(from, to);
  }

  /** When something is due next; null for never. */
  public Instant next() {
    return jdbc.queryForObject(
        """
        select min(at) from (
          select next_at as at from outreach_matter where state = 'open'
          union all select due_at from outreach_message where state = 'waiting') as due""",
        (row, n) -> row.getTimestamp(1) == null ? null : row.getTimestamp(1).toInstant());
  }

  /**
   * A message that has left.
   *
   * @param about id of the Task; of the Appointment with its start
   * @param channel code of the {@link Channel}
   */
  public record Left(UUID id, String purpose, String about, int rung, String channel, Instant at) {}

  /** In the order in which they left. */
  public List<Left> left() {
    return networks.stream()
        .flatMap(network -> network.sent().stream())
        .map(
            sent ->
                jdbc.queryForObject(
                    "select purpose, about, rung, channel from outreach_message where id = ?",
                    (row, n) ->
                        new Left(
                            sent.id(),
                            row.getString(1),
                            row.getString(2),
                            row.getInt(3),
                            row.getString(4),
                            sent.at()),
                    sent.id()))
        .sorted((a, b) -> a.at().compareTo(b.at()))
        .toList();
  }

  /** The messages that were printed: each has a PDF of its name in the folder of letters. */
  public List<UUID> letters() {
    return jdbc.queryForList(
        "select id from outreach_message where channel = 'letter' and state = 'handed-over'",
        UUID.class);
  }

  /** How many were not taken or came back. */
  public int lost() {
    return jdbc.queryForObject(
        "select count(*) from outreach_message where state = 'failed'", Integer.class);
  }
}
