package org.carepathway.content;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carepathway.template.Asked;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Coding;

/**
 * Appointments are asked for by what they are for. Asked for a service that no form books, an
 * expression finds none, and nobody notices.
 */
final class AppointmentsCheck {

  private final Set<String> booked;

  AppointmentsCheck(PathwayContent content) {
    booked =
        content.forms().values().stream()
            .flatMap(form -> form.getContained().stream())
            .filter(Appointment.class::isInstance)
            .flatMap(appointment -> ((Appointment) appointment).getServiceType().stream())
            .flatMap(service -> service.getCoding().stream())
            .map(Coding::getCode)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * @param asked file to what its expressions ask
   */
  List<ContentProblem> problems(Map<String, ? extends Collection<Asked>> asked) {
    return asked.entrySet().stream()
        .flatMap(
            file ->
                file.getValue().stream()
                    .filter(Asked.Appointments.class::isInstance)
                    .map(name -> ((Asked.Appointments) name).service())
                    .filter(service -> !booked.contains(service))
                    .map(service -> unknown(file.getKey(), service)))
        .toList();
  }

  private ContentProblem unknown(String file, String service) {
    return new ContentProblem(
        file, service, "is a service that no form books.", "Name one of " + booked);
  }
}
