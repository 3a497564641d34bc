package org.carepathway.invitation;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is invited by mail to what they are booked for. Nobody is where nobody is named.
 *
 * @param people each by the name that is set up on <i>Rooms and people</i>
 * @param language of the mail
 */
@ConfigurationProperties("carepathway.invitations")
public record InvitationSettings(
    @DefaultValue List<Person> people, @DefaultValue("en") Locale language) {

  /**
   * @throws IllegalArgumentException when somebody is named twice
   */
  public InvitationSettings {
    Set<String> names = new HashSet<>();
    people.forEach(
        person -> {
          if (!names.add(key(person.name()))) {
            throw new IllegalArgumentException(
                "carepathway.invitations.people names %s twice: leave one of them."
                    .formatted(person.name()));
          }
        });
  }

  /**
   * @param mail address, such as {@code example@hospital.org}
   */
  public record Person(String name, String mail) {

    /**
     * @throws IllegalArgumentException when the name is missing or the address is none
     */
    public Person {
      if (name == null || name.isBlank()) {
        throw new IllegalArgumentException(
            "carepathway.invitations.people: each has a name, as on Rooms and people.");
      }
      if (mail == null || !mail.matches("[\\w.!$&'*+=~-]+@[\\w.-]+")) {
        throw new IllegalArgumentException(
            "carepathway.invitations.people: %s has no mail address such as example@hospital.org."
                .formatted(name));
      }
    }
  }

  Optional<Person> person(String name) {
    return people.stream().filter(each -> key(each.name()).equals(key(name))).findFirst();
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
