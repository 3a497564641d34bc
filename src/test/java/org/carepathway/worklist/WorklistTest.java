package org.carepathway.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.repository.IRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.ActAs;
import org.carepathway.security.Colleagues;
import org.carepathway.security.Role;
import org.carepathway.worklist.Bulk.Seen;
import org.carepathway.worklist.Filter.Scope;
import org.carepathway.worklist.TaskRefused.Why;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a team does with its list, and what other systems see of it. */
class WorklistTest extends RunningService {

  private static final OptionalInt ANY = OptionalInt.empty();
  private static final int MANY = 1000;

  @Autowired private Worklist worklist;
  @Autowired private WorklistPages pages;
  @Autowired private Handling handling;
  @Autowired private Substitution substitution;
  @Autowired private Escalation escalation;
  @Autowired private SavedViews views;
  @Autowired private Board board;
  @Autowired private Colleagues colleagues;
  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;
  @Autowired private IRepository repository;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Clock clock;

  private FhirClient fhir;
  private WorkItem triage;

  @BeforeEach
  void refer() throws Exception {
    fhir = new FhirClient(port());
    triage = referred();
  }

  @Test
  void aTaskShowsWhatPeopleScan() {
    assertThat(triage.about().stage()).isEqualTo("Referral and triage");
    assertThat(triage.about().mrn()).isNotBlank();
    assertThat(triage.about().born()).isNotNull();
    assertThat(triage.about().handedBy()).isEqualTo("referrer");
    assertThat(triage.standing().last().what()).isEqualTo("created");
  }

  @Test
  void aListIsOfTheRolesOfWhoIsSignedIn() {
    assertThat(clara(() -> ids(Filter.of(Scope.TEAM)))).contains(triage.id());
    assertThat(clara(() -> ids(Filter.of(Scope.UNASSIGNED)))).contains(triage.id());
    assertThat(clara(() -> ids(Filter.of(Scope.MINE)))).doesNotContain(triage.id());
    assertThat(nora(() -> ids(Filter.of(Scope.TEAM)))).doesNotContain(triage.id());
    assertThat(nora(() -> ids(Filter.of(Scope.EVERYONE)))).contains(triage.id());
    assertThat(rita(() -> ids(Filter.of(Scope.WAITING)))).contains(triage.id());

    clara(() -> worklist.claim(triage.id(), ANY));

    assertThat(clara(() -> ids(Filter.of(Scope.MINE)))).contains(triage.id());
    assertThat(clara(() -> ids(Filter.of(Scope.UNASSIGNED)))).doesNotContain(triage.id());
  }

  @Test
  void wordsAreFoundByTheirBeginningsWithoutAccents() {
    String family = triage.patientName().split(" ")[1];
    String start = family.substring(0, 4).toUpperCase();
    assertThat(clara(() -> ids(text(start)))).contains(triage.id());
    assertThat(clara(() -> ids(text(start.replace("E", "É"))))).contains(triage.id());
    assertThat(clara(() -> ids(text(triage.about().mrn())))).contains(triage.id());
    assertThat(clara(() -> ids(text(start + " zzz")))).doesNotContain(triage.id());
    assertThat(clara(() -> ids(text("'; drop table work_item; --")))).doesNotContain(triage.id());
  }

  @Test
  void filtersNarrowTheList() {
    Filter fits =
        new Filter(
            Scope.EVERYONE,
            triage.about().stage(),
            "coordinator",
            null,
            null,
            Priorities.code(triage.priority()),
            null,
            null);
    Filter stage = new Filter(Scope.EVERYONE, "Imaging", null, null, null, null, null, null);
    Filter priority = new Filter(Scope.EVERYONE, null, null, null, null, "stat", null, null);
    Filter undue = new Filter(Scope.EVERYONE, null, null, null, Filter.Due.NONE, null, null, null);
    assertThat(clara(() -> ids(fits))).contains(triage.id());
    assertThat(clara(() -> ids(stage))).doesNotContain(triage.id());
    assertThat(clara(() -> ids(priority))).doesNotContain(triage.id());
    assertThat(clara(() -> ids(undue))).doesNotContain(triage.id());
    assertThat(pages.stages()).contains("Referral and triage").doesNotHaveDuplicates();
  }

  @Test
  void whatIsDueWithinADayIsAtRiskUntilItIsOverdue() {
    assertThat(clara(() -> ids(Filter.of(Scope.AT_RISK)))).contains(triage.id());
    assertThat(nora(() -> ids(Filter.of(Scope.AT_RISK)))).doesNotContain(triage.id());
    assertThat(clara(() -> ids(Filter.of(Scope.OVERDUE)))).doesNotContain(triage.id());

    serviceClock.advance(Duration.ofHours(9));

    assertThat(clara(() -> ids(Filter.of(Scope.AT_RISK)))).doesNotContain(triage.id());
    assertThat(clara(() -> ids(Filter.of(Scope.OVERDUE)))).contains(triage.id());
  }

  @Test
  void sitesAreToldApart() throws Exception {
    ServiceRequest referral = FhirClient.referral(fhir.sendPatient("boehm-cassaundra.json"));
    referral.addPerformer().setType("Organization").setDisplay("North");
    String id = fhir.as("referrer").create().resource(referral).execute().getId().getIdPart();
    UUID northern = worklist.ofPathway(pathways.ofReferral(id).orElseThrow().id()).get(0).id();
    Filter north = new Filter(Scope.EVERYONE, null, null, null, null, null, "North", null);

    assertThat(pages.sites()).contains("North");
    assertThat(clara(() -> ids(north))).contains(northern).doesNotContain(triage.id());
  }

  @Test
  void pagesGoOnWhereTheOneBeforeEnded() throws Exception {
    referred();
    referred();
    List<UUID> paged = new ArrayList<>();
    String after = null;
    do {
      String from = after;
      WorklistPages.Page page = clara(() -> pages.page(Filter.of(Scope.EVERYONE), from, 2));
      page.items().forEach(item -> paged.add(item.id()));
      after = page.next();
    } while (after != null);

    assertThat(paged).doesNotHaveDuplicates().hasSizeGreaterThan(2);
    assertThat(paged).isEqualTo(clara(() -> ids(Filter.of(Scope.EVERYONE))));
    assertThat(clara(() -> pages.page(Filter.of(Scope.EVERYONE), "nonsense", 2)).items())
        .hasSize(2);
  }

  @Test
  void whatIsDoneToATaskIsInItsFhirFace() {
    Instant later = clock.instant().plus(Duration.ofHours(1));
    clara(() -> worklist.claim(triage.id(), ANY));
    clara(() -> handling.comment(triage.id(), " <b>Called</b>, no answer ", ANY));
    clara(() -> handling.snooze(triage.id(), later, "Daughter calls back", ANY));

    Task snoozed = task();
    assertThat(snoozed.getOwner().getDisplay()).isEqualTo("Clara");
    assertThat(snoozed.getNoteFirstRep().getText()).isEqualTo("<b>Called</b>, no answer");
    assertThat(snoozed.getBusinessStatus().getCodingFirstRep().getCode()).isEqualTo("snoozed");
    assertThat(snoozed.getStatusReason().getText()).isEqualTo("Daughter calls back");
    assertThat(snoozed.getRestriction().getPeriod().getStart().toInstant())
        .isEqualTo(later.truncatedTo(ChronoUnit.SECONDS));
    assertThat(snoozed.getIdElement().getVersionIdPart())
        .isEqualTo(String.valueOf(worklist.find(triage.id()).version()));
    assertThat(clara(() -> ids(Filter.of(Scope.MINE)))).doesNotContain(triage.id());
    assertThat(clara(() -> ids(Filter.of(Scope.SNOOZED)))).contains(triage.id());

    clara(() -> handling.wake(triage.id(), ANY));
    clara(() -> worklist.release(triage.id(), ANY));
    Task released = task();
    assertThat(released.hasOwner()).isFalse();
    assertThat(released.hasBusinessStatus()).isFalse();
    assertThat(released.hasStatusReason()).isFalse();
    assertThat(released.getRestriction().getPeriod().hasStart()).isFalse();
    assertThat(provenances())
        .extracting(who -> who.getAgentFirstRep().getWho().getDisplay())
        .filteredOn("Clara"::equals)
        .hasSize(5);
  }

  @Test
  void aSnoozedTaskComesBackWhenItGetsOverdue() {
    Instant due = triage.dueAt();
    clara(() -> handling.snooze(triage.id(), due.plus(Duration.ofDays(2)), "Away until then", ANY));
    assertThat(clara(() -> ids(Filter.of(Scope.TEAM)))).doesNotContain(triage.id());
    assertThat(task().getRestriction().getPeriod().hasStart()).isFalse();

    serviceClock.advance(Duration.between(clock.instant(), due).plusMinutes(1));

    assertThat(clara(() -> ids(Filter.of(Scope.TEAM)))).contains(triage.id());
    assertThat(clara(() -> ids(Filter.of(Scope.OVERDUE)))).contains(triage.id());
  }

  @Test
  void whoWasSlowerIsToldWhoWasFaster() {
    clara(() -> worklist.claim(triage.id(), ANY));

    assertThatThrownBy(() -> carl(() -> worklist.claim(triage.id(), ANY)))
        .isInstanceOfSatisfying(
            TaskRefused.class,
            refused -> {
              assertThat(refused.why()).isEqualTo(Why.TAKEN);
              assertThat(refused.getArguments()).contains("Clara");
            });
    assertThatThrownBy(() -> carl(() -> handling.comment(triage.id(), "Late", OptionalInt.of(1))))
        .isInstanceOfSatisfying(
            TaskRefused.class,
            refused -> {
              assertThat(refused.why()).isEqualTo(Why.CHANGED);
              assertThat(refused.getArguments()).contains("Clara");
            });
    assertThatThrownBy(() -> nora(() -> worklist.claim(triage.id(), ANY)))
        .isInstanceOfSatisfying(
            TaskRefused.class, refused -> assertThat(refused.why()).isEqualTo(Why.OTHER_ROLE));
  }

  @Test
  void aTaskIsAssignedToWhoHasItsRole() {
    assertThatThrownBy(
            () ->
                clara(
                    () ->
                        handling.assign(triage.id(), colleagues.find("nurse").orElseThrow(), ANY)))
        .isInstanceOfSatisfying(
            TaskRefused.class, refused -> assertThat(refused.why()).isEqualTo(Why.NOT_THEIR_ROLE));

    carl(() -> handling.assign(triage.id(), colleagues.find("coordinator").orElseThrow(), ANY));

    assertThat(task().getOwner().getIdentifier().getValue()).isEqualTo("coordinator");
    assertThat(worklist.find(triage.id()).standing().last().by()).isEqualTo("Carl");
  }

  @Test
  void oneThatIsRefusedStopsNoOther() throws Exception {
    WorkItem other = referred();
    clara(() -> worklist.claim(other.id(), ANY));

    Bulk.Outcome outcome =
        carl(
            () ->
                Bulk.each(
                    List.of(new Seen(other.id(), 1), new Seen(triage.id(), triage.version())),
                    worklist::claim));

    assertThat(outcome.done()).isEqualTo(1);
    assertThat(List.copyOf(outcome.refusals().values()))
        .singleElement()
        .isInstanceOf(TaskRefused.class);
    assertThat(worklist.find(triage.id()).owner()).isEqualTo("carl");
  }

  @Test
  void aSubstituteFindsAndDoesTheTasksOfWhoIsAway() {
    ActAs.role(Role.COORDINATOR, "coordinator", "Clara C", () -> worklist.claim(triage.id(), ANY));
    Instant now = clock.instant();
    int told =
        clara(
            () ->
                substitution.enter(
                    colleagues.find("coordinator").orElseThrow(),
                    colleagues.find("south").orElseThrow(),
                    now,
                    now.plus(Duration.ofHours(1)),
                    "Ring the daughter first"));
    assertThat(told).isGreaterThanOrEqualTo(1);
    assertThat(task().getNoteFirstRep().getText()).contains("Ring the daughter first");

    Supplier<List<UUID>> mine = () -> ids(Filter.of(Scope.MINE));
    assertThat(ActAs.role(Role.COORDINATOR, "south", "Sofia", mine)).contains(triage.id());
    ActAs.role(Role.COORDINATOR, "south", "Sofia", () -> worklist.claim(triage.id(), ANY));
    assertThat(worklist.find(triage.id()).owner()).isEqualTo("south");

    UUID absence =
        substitution.current().stream()
            .filter(one -> one.note().equals("Ring the daughter first"))
            .reduce((first, last) -> last)
            .orElseThrow()
            .id();
    clara(
        () -> {
          substitution.end(absence);
          return null;
        });
    assertThat(substitution.current()).extracting(Absence::id).doesNotContain(absence);
  }

  @Test
  void nobodyStandsInForWhoseTasksTheyMayNotDo() {
    Instant now = clock.instant();
    for (String substitute : List.of("nurse", "admin", "ehr")) {
      assertThatThrownBy(
              () ->
                  clara(
                      () ->
                          substitution.enter(
                              colleagues.find("coordinator").orElseThrow(),
                              colleagues.find(substitute).orElseThrow(),
                              now,
                              now.plus(Duration.ofHours(1)),
                              "Nothing special")))
          .hasMessageContaining("may not do every task of Clara Coordinator");
    }
    assertThat(substitution.current()).extracting(Absence::note).doesNotContain("Nothing special");
  }

  @Test
  void whatIsOverdueForTooLongIsEscalatedOnce() {
    assertThat(triage.about().escalateAt()).isAfter(triage.dueAt());
    int version = triage.version();
    serviceClock.advance(
        Duration.between(clock.instant(), triage.about().escalateAt()).plusMinutes(1));
    escalation.run();
    escalation.run();

    WorkItem escalated = worklist.find(triage.id());
    assertThat(escalated.version()).isEqualTo(version + 1);
    assertThat(escalated.standing().escalation().to()).isEqualTo("ir-physician");
    Task task = task();
    assertThat(task.getPriority()).isEqualTo(TaskPriority.ASAP);
    assertThat(task.getBusinessStatus().getCodingFirstRep().getCode()).isEqualTo("escalated");
    assertThat(task.getPerformerTypeFirstRep().getCoding())
        .extracting(coding -> coding.getCode())
        .containsExactly("coordinator", "ir-physician");
    assertThat(task.getNote())
        .singleElement()
        .satisfies(note -> assertThat(note.getText()).contains("ir-physician"));
    assertThat(ilya(() -> ids(Filter.of(Scope.TEAM)))).contains(triage.id());
    assertThat(ilya(() -> board.escalated(false))).extracting(WorkItem::id).contains(triage.id());
    assertThat(ilya(() -> worklist.claim(triage.id(), ANY)).owner()).isEqualTo("ilya");
  }

  @Test
  void aViewIsSharedByTheTeam() {
    clara(
        () -> {
          views.save("Imaging late", "scope=team&stage=Imaging&due=overdue");
          return null;
        });
    assertThat(carl(views::mine)).extracting(SavedView::name).contains("Imaging late");
    assertThat(nora(views::mine)).extracting(SavedView::name).doesNotContain("Imaging late");
    SavedView view =
        carl(views::mine).stream()
            .filter(one -> one.name().equals("Imaging late"))
            .findFirst()
            .orElseThrow();
    nora(
        () -> {
          views.delete(view.id());
          return null;
        });
    assertThat(carl(views::mine)).contains(view);
    carl(
        () -> {
          views.delete(view.id());
          return null;
        });
    assertThat(carl(views::mine)).doesNotContain(view);
  }

  @Test
  void theBoardCountsEveryOpenTaskOnce() {
    clara(() -> worklist.claim(triage.id(), ANY));
    int stages = clara(() -> board.stages(true)).stream().mapToInt(Board.Stage::open).sum();
    int owners = clara(() -> board.loads(true)).stream().mapToInt(Board.Load::open).sum();
    assertThat(stages)
        .isEqualTo(owners)
        .isEqualTo(clara(() -> ids(Filter.of(Scope.EVERYONE))).size());
    assertThat(clara(() -> board.stages(true)))
        .allSatisfy(
            stage ->
                assertThat(stage.upTo1Day() + stage.upTo3Days() + stage.upTo7Days() + stage.older())
                    .isEqualTo(stage.open()));
  }

  /** The triage of a new referral, which the referrer has completed. */
  private WorkItem referred() throws Exception {
    String referral =
        fhir.refer(fhir.sendPatient("boehm-cassaundra.json")).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    player.play(pathway, HappyPath.referral());
    return worklist.ofPathway(pathway).stream().filter(WorkItem::isOpen).findFirst().orElseThrow();
  }

  private List<UUID> ids(Filter filter) {
    return pages.page(filter, null, MANY).items().stream().map(WorkItem::id).toList();
  }

  private static Filter text(String text) {
    return new Filter(Scope.EVERYONE, null, null, null, null, null, null, text);
  }

  private Task task() {
    return repository.read(Task.class, new IdType("Task", triage.id().toString()));
  }

  private List<Provenance> provenances() {
    return FhirClient.resources(
        fhir.as("coordinator")
            .search()
            .byUrl("Provenance?target=Task/" + triage.id() + "&_count=50"),
        Provenance.class);
  }

  private static <T> T clara(Supplier<T> action) {
    return ActAs.role(Role.COORDINATOR, "clara", "Clara", action);
  }

  private static <T> T carl(Supplier<T> action) {
    return ActAs.role(Role.COORDINATOR, "carl", "Carl", action);
  }

  private static <T> T nora(Supplier<T> action) {
    return ActAs.role(Role.IR_NURSE, "nora", "Nora", action);
  }

  private static <T> T ilya(Supplier<T> action) {
    return ActAs.role(Role.IR_PHYSICIAN, "ilya", "Ilya", action);
  }

  private static <T> T rita(Supplier<T> action) {
    return ActAs.role(Role.REFERRER, "referrer", "Rita", action);
  }
}
