package org.carepathway.incoming;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Says of a resource whose it is. */
public final class Subjects {

  private Subjects() {}

  /**
   * What is stored here is another patient's from now on. Rooms and people of an appointment stay:
   * without them their time would be free while it is booked.
   */
  static void move(Resource resource, String patient) {
    if (resource instanceof Appointment appointment) {
      appointment.getParticipant().stream()
          .filter(one -> "Patient".equals(one.getActor().getReferenceElement().getResourceType()))
          .forEach(one -> one.setActor(new Reference("Patient/" + patient)));
    } else {
      set(resource, patient);
    }
  }

  /** Of what another system sends, whose own references to rooms and people mean nothing here. */
  public static void set(Resource resource, String patient) {
    Reference reference = new Reference("Patient/" + patient);
    if (resource instanceof Appointment appointment) {
      appointment.getParticipant().removeIf(one -> one.getActor().hasReference());
      appointment.addParticipant().setActor(reference).setStatus(ParticipationStatus.ACCEPTED);
      return;
    }
    Stream.of("subject", "patient")
        .map(resource::getNamedProperty)
        .filter(property -> property != null)
        .map(Property::getName)
        .findFirst()
        .ifPresent(name -> resource.setProperty(name, reference));
  }

  /** Whose a stored resource is; empty where it says nothing. */
  public static List<String> of(Resource resource) {
    return Stream.of("subject", "patient")
        .map(resource::getNamedProperty)
        .filter(property -> property != null)
        .flatMap(property -> property.getValues().stream())
        .filter(Reference.class::isInstance)
        .map(value -> ((Reference) value).getReferenceElement().getIdPart())
        .filter(id -> id != null)
        .toList();
  }
}
