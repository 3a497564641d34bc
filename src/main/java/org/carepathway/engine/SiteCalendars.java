package org.carepathway.engine;

import java.util.Date;
import org.camunda.bpm.engine.impl.calendar.BusinessCalendar;
import org.camunda.bpm.engine.impl.calendar.CycleBusinessCalendar;
import org.camunda.bpm.engine.impl.calendar.DueDateBusinessCalendar;
import org.camunda.bpm.engine.impl.calendar.DurationBusinessCalendar;
import org.camunda.bpm.engine.impl.calendar.MapBusinessCalendarManager;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.carepathway.calendar.TimeLimit;
import org.carepathway.calendar.WorkingTime;

/**
 * Lets due dates and timers be worked out on the site's calendar. Camunda's own calendars count
 * days in the time zone of the machine and know no opening hours.
 */
final class SiteCalendars {

  private SiteCalendars() {}

  static MapBusinessCalendarManager of(WorkingTime time) {
    MapBusinessCalendarManager calendars = new MapBusinessCalendarManager();
    calendars.addBusinessCalendar(
        DueDateBusinessCalendar.NAME, new Limits(time, new DueDateBusinessCalendar()));
    calendars.addBusinessCalendar(
        DurationBusinessCalendar.NAME, new Limits(time, new DurationBusinessCalendar()));
    calendars.addBusinessCalendar(CycleBusinessCalendar.NAME, new CycleBusinessCalendar());
    return calendars;
  }

  /** Whether a text is a limit, and neither a date nor a repetition. */
  static boolean isLimit(String text) {
    return text.startsWith("P") || text.contains(" working ");
  }

  /**
   * @param dates for what is no limit
   */
  private record Limits(WorkingTime time, BusinessCalendar dates) implements BusinessCalendar {

    @Override
    public Date resolveDuedate(String text, Task task) {
      return resolveDuedate(text);
    }

    @Override
    public Date resolveDuedate(String text) {
      return resolveDuedate(text, (Date) null);
    }

    @Override
    public Date resolveDuedate(String text, Date start) {
      if (!isLimit(text)) {
        return dates.resolveDuedate(text, start);
      }
      Date begin = start == null ? ClockUtil.getCurrentTime() : start;
      return Date.from(time.after(begin.toInstant(), TimeLimit.parse(text)));
    }
  }
}
