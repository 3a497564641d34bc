package org.carepathway.fact;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;

/**
 * Of which kind a drug or an allergen is, by the ConceptMaps of the content: from codes, and from
 * parts of names where a sender has only words. A target that is {@code wider} than its code counts
 * only when nothing tells the kind more closely.
 */
public final class Kinds {

  public static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
  public static final String SNOMED = "http://snomed.info/sct";

  /** A code of ATC stands for all that begin with it, for ATC is built so. */
  public static final String ATC = "http://www.whocc.no/atc";

  /** A code is a part of a name in small letters, without accents. */
  public static final String NAME_PART = "https://carepathway.org/fhir/CodeSystem/name-part";

  /** What a map may translate from; of another system nobody would know how its codes compare. */
  public static final Set<String> SYSTEMS = Set.of(RXNORM, SNOMED, ATC, NAME_PART);

  private record Entry(String system, String code, Coding kind, boolean wider) {}

  private final List<Entry> entries;

  private Kinds(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * @param maps ConceptMaps; null for none
   */
  public static Kinds of(List<? extends Base> maps) {
    return new Kinds(
        Stream.ofNullable(maps)
            .flatMap(List::stream)
            .filter(ConceptMap.class::isInstance)
            .flatMap(map -> ((ConceptMap) map).getGroup().stream())
            .flatMap(Kinds::entries)
            .toList());
  }

  private static Stream<Entry> entries(ConceptMapGroupComponent group) {
    return group.getElement().stream()
        .flatMap(from -> from.getTarget().stream().map(to -> entry(group, from, to)));
  }

  private static Entry entry(
      ConceptMapGroupComponent group, SourceElementComponent from, TargetElementComponent to) {
    return new Entry(
        group.getSource(),
        from.getCode(),
        new Coding(group.getTarget(), to.getCode(), to.getDisplay()),
        to.getEquivalence() == ConceptMapEquivalence.WIDER);
  }

  /** The kinds of a thing, each once; empty where nothing tells them. */
  List<Coding> of(CodeableConcept thing) {
    List<String> names =
        Stream.concat(
                Stream.ofNullable(thing.getText()),
                thing.getCoding().stream().map(Coding::getDisplay))
            .filter(name -> name != null)
            .map(Kinds::plain)
            .toList();
    List<Entry> told = new ArrayList<>();
    thing.getCoding().stream().filter(Coding::hasCode).forEach(code -> told.addAll(of(code)));
    entries.stream()
        .filter(entry -> NAME_PART.equals(entry.system()))
        .filter(entry -> names.stream().anyMatch(name -> name.contains(entry.code())))
        .forEach(told::add);
    boolean close = told.stream().anyMatch(entry -> !entry.wider());
    List<Coding> kinds = new ArrayList<>();
    told.stream()
        .filter(entry -> !close || !entry.wider())
        .map(Entry::kind)
        .filter(kind -> kinds.stream().noneMatch(kind::equalsDeep))
        .forEach(kinds::add);
    return kinds;
  }

  private List<Entry> of(Coding coding) {
    boolean atc = ATC.equals(coding.getSystem());
    Predicate<Entry> fits =
        entry ->
            atc ? coding.getCode().startsWith(entry.code()) : coding.getCode().equals(entry.code());
    List<Entry> found =
        entries.stream()
            .filter(entry -> entry.system().equals(coding.getSystem()))
            .filter(fits)
            .toList();
    int longest = found.stream().mapToInt(entry -> entry.code().length()).max().orElse(0);
    return found.stream().filter(entry -> entry.code().length() == longest).toList();
  }

  /** As the codes of {@link #NAME_PART} are written. */
  public static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }
}
