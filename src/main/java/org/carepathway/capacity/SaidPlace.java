package org.carepathway.capacity;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * A place as another system says it: by point of care, room and bed (PL of HL7 v2, its first three
 * components), or in words only. A room is never known by the name of a bed. One letter or a number
 * names nothing by itself where the ward or room is said too: each ward has a bed A.
 *
 * @param words as a whole, with commas between what it is in
 * @param parts point of care, room and bed, empty where one is not said; null where words are all
 */
record SaidPlace(String words, List<String> parts) {

  private static final Predicate<String> BARE = name -> name.strip().matches("\\p{L}|\\d+\\p{L}?");

  /** The type of an identifier that has the parts with {@code ^} between. */
  private static final String PL = "PL";

  private static final int PARTS = 3;

  static SaidPlace of(Reference place) {
    String words = place.hasDisplay() ? place.getDisplay() : "";
    Identifier named = place.getIdentifier();
    String[] parts =
        PL.equals(named.getType().getText()) && named.hasValue()
            ? named.getValue().split("\\^", -1)
            : new String[0];
    // Anybody may send an identifier: one of another form is none.
    return new SaidPlace(words, parts.length == PARTS ? List.of(parts) : null);
  }

  /**
   * Keys of the names that surely mean it.
   *
   * @param kind code of {@code booked-as}
   */
  Set<String> sure(String kind) {
    Set<String> names = new LinkedHashSet<>(Set.of(words));
    List<String> said = said(kind);
    if (parts == null) {
      said.stream().filter(BARE.negate()).forEach(names::add);
    } else {
      for (int from = 0; from < said.size(); from++) {
        names.add(String.join("", said.subList(from, said.size())));
      }
      if (said.size() > 2) {
        names.add(said.get(0) + said.get(2));
      }
      if (said.size() > 1 && BARE.test(last(said))) {
        names.remove(last(said));
      }
    }
    return keys(names.stream());
  }

  /** Keys of the names that mean it, or a place of another ward. */
  Set<String> doubtful(String kind) {
    List<String> said = said(kind);
    if (said.size() < 2) {
      return Set.of();
    }
    return keys((parts == null ? said : List.of(last(said))).stream().filter(BARE));
  }

  /** From the ward down to a place of the kind; empty where it is a bed and the kind is none. */
  private List<String> said(String kind) {
    if (parts == null) {
      return List.of(words.split(","));
    }
    boolean room = kind.equals(BookedAs.ROOM.code());
    if (room && parts.get(1).isBlank() && !parts.get(2).isBlank()) {
      return List.of();
    }
    return parts.stream().limit(room ? 2 : 3).filter(part -> !part.isBlank()).toList();
  }

  private static String last(List<String> said) {
    return said.get(said.size() - 1);
  }

  private static Set<String> keys(Stream<String> names) {
    return names.map(Actor::key).filter(key -> !key.isEmpty()).collect(Collectors.toSet());
  }
}
