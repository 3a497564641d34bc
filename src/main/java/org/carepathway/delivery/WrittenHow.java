package org.carepathway.delivery;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carepathway.content.SentKind;
import org.carepathway.delivery.EhrStatements.Known;
import org.carepathway.delivery.Sites.Site;
import org.carepathway.ehr.EhrFault;
import org.carepathway.outbox.OurNumbers;
import org.springframework.stereotype.Component;

/** Before go-live and after: what a site will have of each kind, and whether that will work. */
@Component
public class WrittenHow {

  private final Sites sites;
  private final SentKinds kinds;
  private final EhrStatements statements;
  private final InWords words;

  WrittenHow(Sites sites, SentKinds kinds, EhrStatements statements, InWords words) {
    this.sites = sites;
    this.kinds = kinds;
    this.statements = statements;
    this.words = words;
  }

  /**
   * A kind of what is sent.
   *
   * @param first how the site has it for the first time
   * @param change how it has a change of it
   * @param foundBy {@code identifier} or {@code likeness}: how what was written is found again;
   *     null where it cannot be
   * @param why not on a better rung; empty where it is the best one
   */
  public record Row(
      String kind,
      String title,
      String type,
      String first,
      String change,
      String foundBy,
      String by,
      String why) {}

  /**
   * A site.
   *
   * @param base of its FHIR API; null where it has none
   * @param port of HL7 v2; null where it has none
   * @param readAt when its capability statement was read; null where it was not
   * @param isChanged whether it says something else since somebody has looked at it
   */
  public record Plan(
      String site,
      String vendor,
      String base,
      String port,
      Instant readAt,
      boolean isChanged,
      String acceptedBy,
      List<Row> rows) {}

  /** What was tried at a site. */
  public record Check(String what, boolean isGood, String said) {}

  public List<Plan> plans() {
    return sites.names().stream().map(name -> plan(sites.site(name))).toList();
  }

  private Plan plan(Site site) {
    Known known = statements.known(site.name());
    Ladder ladder = new Ladder(known.capability(), site.overlay(), site.messages());
    return new Plan(
        site.name(),
        site.overlay().name(),
        site.server() == null ? null : site.server().base(),
        site.port() == null ? null : site.port().host() + ':' + site.port().port(),
        known.readAt(),
        known.isChanged(),
        known.acceptedBy(),
        kinds.all().stream().map(kind -> row(kind, ladder)).toList());
  }

  private Row row(SentKind kind, Ladder ladder) {
    Way first = ladder.way(kind.resource(), false);
    Way change = ladder.way(kind.resource(), true);
    return new Row(
        kind.name(),
        words.title(kind),
        kind.resource(),
        first.rung().code(),
        change.rung().code(),
        first.type() == null ? null : first.isFoundByIdentifier() ? "identifier" : "likeness",
        kind.by(),
        first.why());
  }

  /**
   * Tries all that can be tried at a site without writing anything: whether it says what it can do,
   * lets us in, is asked by our identifier, and listens.
   */
  public List<Check> dryRun(String name) {
    Site site = sites.site(name);
    List<Check> checks = new ArrayList<>();
    if (site.server() != null) {
      checks.add(tried("CapabilityStatement", () -> statements.ask(site)));
      Ladder ladder =
          new Ladder(statements.known(name).capability(), site.overlay(), site.messages());
      Set<String> types =
          kinds.all().stream()
              .map(kind -> ladder.way(kind.resource(), false))
              .filter(way -> way.type() != null && way.isFoundByIdentifier())
              .map(Way::type)
              .collect(Collectors.toCollection(TreeSet::new));
      types.forEach(
          type -> checks.add(tried(type + "?identifier=", () -> requireNone(site, type))));
    }
    if (site.sender() != null) {
      checks.add(listens(site));
    }
    return checks;
  }

  /** Somebody has looked at it. */
  public void accept(String site, String who) {
    statements.accept(sites.site(site).name(), who);
  }

  /** What nobody has written must not be found: the EHR would answer with anything. */
  private static void requireNone(Site site, String type) {
    var found =
        site.server()
            .search(
                type,
                List.of(
                    Map.entry("patient", "nobody"),
                    Map.entry("identifier", OurNumbers.SYSTEM + "|nothing")));
    if (!found.path("entry").isEmpty()) {
      throw new EhrFault(
          EhrFault.Kind.REFUSED, "It finds something under an identifier that nothing has.");
    }
  }

  private static Check tried(String what, Runnable trial) {
    try {
      trial.run();
      return new Check(what, true, "");
    } catch (EhrFault fault) {
      return new Check(what, false, fault.getMessage());
    }
  }

  private static Check listens(Site site) {
    String what = "MLLP " + site.port().host() + ':' + site.port().port();
    try {
      site.sender().open();
      return new Check(what, true, "");
    } catch (IOException fault) {
      return new Check(what, false, fault.getMessage());
    }
  }
}
