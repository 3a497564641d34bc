package org.carepathway.booking;

import java.time.LocalTime;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.carepathway.booking.HitPatients.HitPatient;
import org.carepathway.capacity.Capacity.Entry;
import org.carepathway.capacity.Session;
import org.carepathway.capacity.SessionException;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;

/** What is set up of one, as the operations of {@code Schedule} answer it. */
final class SetUp {

  private static final int MINUTES = 60;

  private SetUp() {}

  /**
   * @param hits the bookings that a leave hits, without their patients
   */
  static Parameters of(Entry entry, List<HitPatient> hits) {
    Parameters said = new Parameters();
    String id = new IdType(entry.actor().reference()).getIdPart();
    said.addParameter("schedule", new Reference("Schedule/" + id));
    said.addParameter("kind", new CodeType(entry.actor().kind()));
    said.addParameter("name", entry.actor().name());
    entry.sessions().forEach(each -> session(said.addParameter().setName("session"), each));
    entry.exceptions().forEach(each -> exception(said.addParameter().setName("exception"), each));
    hits.forEach(hit -> said.addParameter("hit", period(hit.during())));
    return said;
  }

  private static void session(ParametersParameterComponent part, Session session) {
    part.addPart().setName("id").setValue(new IdType(session.id().toString()));
    part.addPart()
        .setName("day")
        .setValue(new CodeType(session.weekday().name().substring(0, 3).toLowerCase(Locale.ROOT)));
    part.addPart().setName("from").setValue(time(session.fromMinute()));
    part.addPart().setName("to").setValue(time(session.toMinute()));
    part.addPart().setName("first").setValue(new DateType(session.first().toString()));
    if (session.last() != null) {
      part.addPart().setName("last").setValue(new DateType(session.last().toString()));
    }
  }

  private static void exception(ParametersParameterComponent part, SessionException exception) {
    part.addPart().setName("id").setValue(new IdType(exception.id().toString()));
    part.addPart().setName("during").setValue(period(exception.during()));
    part.addPart().setName("opens").setValue(new BooleanType(exception.opens()));
    part.addPart().setName("reason").setValue(new StringType(exception.reason()));
  }

  /** Midnight at the end of a day is 00:00, as it is sent: FHIR's time has no 24:00. */
  private static TimeType time(int minute) {
    return new TimeType(LocalTime.of(minute / MINUTES % 24, minute % MINUTES).toString() + ":00");
  }

  private static Period period(org.carepathway.capacity.Period during) {
    return new Period().setStart(Date.from(during.from())).setEnd(Date.from(during.to()));
  }
}
