package org.carepathway.caseload;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.carepathway.security.ListedPatients;
import org.carepathway.security.PatientScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many patients stand at which stage, for how long, and who of them is stuck. */
@Component
public class StageCounts {

  private static final Duration LOOKED_BACK = Duration.ofDays(365);

  private final JdbcClient jdbc;
  private final PatientScope scope;
  private final Clock clock;

  StageCounts(JdbcClient jdbc, PatientScope scope, Clock clock) {
    this.jdbc = jdbc;
    this.scope = scope;
    this.clock = clock;
  }

  /** In the order of the pathways; counted as the list of patients counts. */
  public List<StageCount> all() {
    Instant now = clock.instant();
    ListedPatients listed = scope.listed();
    List<Object> values = CaseRows.from(listed, now);
    values.add(Timestamp.from(now));
    values.add(Timestamp.from(now));
    values.add(Timestamp.from(now.minus(LOOKED_BACK)));
    values.addAll(listed.values());
    return jdbc.sql(
            CaseRows.cases(listed)
                + """
                , standing as (
                  select stage, min(place) as place, count(*) as open,
                         count(*) filter (where stuck) as stuck,
                         count(*) filter (where stuck and overdue) as overdue,
                         count(*) filter (where stuck and escalated) as escalated,
                         count(*) filter (where stuck and failed) as failed,
                         count(*) filter (where stuck and not (overdue or coalesce(escalated, false) or failed)) as nothing_ahead,
                         percentile_cont(0.5) within group (
                           order by extract(epoch from ?::timestamptz - entered_at)) / 86400 as median_days,
                         max(extract(epoch from ?::timestamptz - entered_at)) / 86400 as longest_days
                  from cases where status = 'active' group by stage),
                coming as (
                  select s.name, min(s.place) as place, count(*) as reached,
                         percentile_cont(0.5) within group (
                           order by extract(epoch from s.entered_at - p.started_at)) / 86400 as days,
                         percentile_cont(0.9) within group (
                           order by extract(epoch from s.entered_at - p.started_at)) / 86400 as days_of_nine
                  from pathway_stage s join pathway p on p.id = s.pathway_id
                  where s.entered_at > ? and %s group by s.name)
                select coalesce(standing.stage, coming.name) as name, *
                from standing full join coming on coming.name = standing.stage
                order by coalesce(standing.place, coming.place) nulls first, 1\
                """
                    .formatted(listed.condition("p.patient_id")))
        .params(values)
        .query(StageCounts::map)
        .list();
  }

  private static StageCount map(ResultSet row, int number) throws SQLException {
    return new StageCount(
        row.getString("name"),
        row.getInt("open"),
        row.getInt("stuck"),
        row.getInt("overdue"),
        row.getInt("escalated"),
        row.getInt("failed"),
        row.getInt("nothing_ahead"),
        days(row, "median_days"),
        days(row, "longest_days"),
        row.getInt("reached"),
        days(row, "days"),
        days(row, "days_of_nine"));
  }

  private static Double days(ResultSet row, String column) throws SQLException {
    double days = row.getDouble(column);
    return row.wasNull() ? null : days;
  }
}
