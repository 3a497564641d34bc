package org.carepathway.entry;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.carepathway.content.Catalogue;
import org.carepathway.entry.TypedReferral.What;
import org.carepathway.entry.TypedReferral.Whom;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.springframework.stereotype.Component;

/** What must be right before a typed referral is stored. Nothing is cut: too long is told. */
@Component
class EntryChecks {

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_LINE = 200;
  private static final int LONGEST_TEXT = 4000;
  private static final int LONGEST_NUMBER = 50;
  private static final int OLDEST_YEARS = 130;
  private static final Pattern PHONE = Pattern.compile("[+()/.\\-\\s\\d]*");
  private static final int FEWEST_DIGITS = 5;
  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

  private final Catalogue catalogue;
  private final PatientScope scope;
  private final Clock clock;

  EntryChecks(Catalogue catalogue, PatientScope scope, Clock clock) {
    this.catalogue = catalogue;
    this.scope = scope;
    this.clock = clock;
  }

  /** In the order of the page. */
  List<EntryFault> of(TypedReferral typed) {
    List<EntryFault> faults = new ArrayList<>();
    whom(typed.whom(), faults);
    what(typed.what(), faults);
    return faults;
  }

  private void whom(Whom whom, List<EntryFault> faults) {
    text("whom.family", whom.family(), LONGEST_NAME, true, faults);
    text("whom.given", whom.given(), LONGEST_NAME, true, faults);
    LocalDate born = date("whom.born", whom.born(), true, faults);
    if (born != null && born.isBefore(LocalDate.now(clock).minusYears(OLDEST_YEARS))) {
      faults.add(EntryFault.of("whom.born", "entry.fault.too-old", OLDEST_YEARS));
    }
    code("whom.sex", whom.sex(), AdministrativeGender::fromCode, faults);
    text("whom.number", whom.number(), LONGEST_NUMBER, false, faults);
    text("whom.phone", whom.phone(), LONGEST_NUMBER, false, faults);
    if (!whom.phone().isEmpty()
        && (!PHONE.matcher(whom.phone()).matches()
            || whom.phone().replaceAll("\\D", "").length() < FEWEST_DIGITS)) {
      faults.add(EntryFault.of("whom.phone", "entry.fault.phone", FEWEST_DIGITS));
    }
    if (!whom.language().isEmpty() && !LANGUAGES.contains(whom.language())) {
      faults.add(EntryFault.of("whom.language", "entry.fault.choose"));
    }
  }

  private void what(What what, List<EntryFault> faults) {
    if (catalogue.offered().stream().noneMatch(content -> content.key().equals(what.pathway()))) {
      faults.add(EntryFault.of("what.pathway", "entry.fault.choose"));
    }
    code("what.priority", what.priority(), ServiceRequestPriority::fromCode, faults);
    Collection<String> teams = scope.ownTeams();
    if (teams.size() > 1 && !teams.contains(what.team())) {
      faults.add(EntryFault.of("what.team", "entry.fault.choose"));
    }
    text("what.referrer", what.referrer(), LONGEST_LINE, true, faults);
    text("what.reach", what.reach(), LONGEST_LINE, false, faults);
    if (Channel.ofCode(what.channel()).isEmpty()) {
      faults.add(EntryFault.of("what.channel", "entry.fault.choose"));
    }
    date("what.written", what.written(), true, faults);
    text("what.reason", what.reason(), LONGEST_TEXT, true, faults);
  }

  private static void text(
      String field, String typed, int longest, boolean required, List<EntryFault> faults) {
    if (required && typed.isEmpty()) {
      faults.add(EntryFault.of(field, "entry.fault.missing"));
    } else if (typed.length() > longest) {
      faults.add(EntryFault.of(field, "entry.fault.long", longest, typed.length()));
    } else if (typed.codePoints().anyMatch(c -> Character.isISOControl(c) && !isSpace(c))) {
      faults.add(EntryFault.of(field, "entry.fault.control"));
    }
  }

  private static boolean isSpace(int character) {
    return character == '\n' || character == '\r' || character == '\t';
  }

  /** Null where it is no date. */
  private LocalDate date(String field, String typed, boolean required, List<EntryFault> faults) {
    if (typed.isEmpty()) {
      if (required) {
        faults.add(EntryFault.of(field, "entry.fault.missing"));
      }
      return null;
    }
    try {
      LocalDate date = LocalDate.parse(typed);
      if (date.isAfter(LocalDate.now(clock))) {
        faults.add(EntryFault.of(field, "entry.fault.future"));
      }
      return date;
    } catch (DateTimeParseException e) {
      faults.add(EntryFault.of(field, "entry.fault.date"));
      return null;
    }
  }

  private static void code(
      String field, String typed, Function<String, Enum<?>> codes, List<EntryFault> faults) {
    try {
      if (typed.isEmpty() || codes.apply(typed).name().equals("NULL")) {
        faults.add(EntryFault.of(field, "entry.fault.choose"));
      }
    } catch (FHIRException e) {
      faults.add(EntryFault.of(field, "entry.fault.choose"));
    }
  }
}
