package org.carepathway.staff;

import java.util.List;
import java.util.stream.Stream;
import org.carepathway.record.StableIds;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** A member of staff as FHIR: one Practitioner, and a PractitionerRole for each team. */
final class StaffResources {

  private static final String USER = "https://carepathway.org/fhir/user";
  private static final String TEAM = "https://carepathway.org/fhir/team";
  private static final String ROLE = "https://carepathway.org/fhir/CodeSystem/pathway-role";

  private StaffResources() {}

  static Stream<Resource> of(Member member) {
    Practitioner practitioner = new Practitioner();
    practitioner.setId(StableIds.of("Practitioner\n" + member.id()).toString());
    practitioner.addIdentifier(user(member));
    practitioner.setActive(member.active());
    practitioner
        .addName()
        .setText((member.givenName() + ' ' + member.familyName()).strip())
        .setFamily(empty(member.familyName()))
        .addGiven(empty(member.givenName()));
    List<String> teams = member.teams().isEmpty() ? List.of("") : member.teams();
    return Stream.concat(
        Stream.of(practitioner), teams.stream().map(team -> role(member, practitioner, team)));
  }

  private static Resource role(Member member, Practitioner practitioner, String team) {
    PractitionerRole role = new PractitionerRole();
    role.setId(StableIds.of("PractitionerRole\n" + member.id() + '\n' + team).toString());
    role.addIdentifier(user(member));
    role.setActive(member.active());
    role.setPractitioner(
        new Reference("Practitioner/" + practitioner.getIdElement().getIdPart())
            .setDisplay(practitioner.getNameFirstRep().getText()));
    if (!team.isEmpty()) {
      role.setOrganization(
          new Reference()
              .setType("Organization")
              .setIdentifier(new Identifier().setSystem(TEAM).setValue(team))
              .setDisplay(team));
    }
    member.roles().forEach(code -> role.addCode().addCoding().setSystem(ROLE).setCode(code));
    return role;
  }

  private static Identifier user(Member member) {
    return new Identifier().setSystem(USER).setValue(member.name());
  }

  private static String empty(String text) {
    return text.isEmpty() ? null : text;
  }
}
