package org.carepathway.load;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The entries that are to be stored, as what, and which of them refers to which. */
final class Sources {

  private static final String BY_IDENTIFIER = "identifier=";

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Entry> names = new HashMap<>();
  private final Map<String, Entry> numbers = new HashMap<>();
  private final Map<Entry, Target> targets = new IdentityHashMap<>();

  private Sources() {}

  /** What is there twice is stored once; what is there twice and differs is refused. */
  static Sources of(List<Entry> all, LoadFiles files, LoadOptions options, Refused refused) {
    Sources sources = new Sources();
    Map<String, Entry> recordNumbers = new HashMap<>();
    for (Entry entry : all) {
      if (options.without().contains(entry.type())) {
        continue;
      }
      String fault = sources.fault(entry, recordNumbers, files);
      if (fault != null) {
        refused.add(files.path(entry.file()), entry.place(), entry.name(), fault);
      } else if (sources.isNew(entry)) {
        sources.add(entry, options.source());
      }
    }
    return sources;
  }

  List<Entry> entries() {
    return entries;
  }

  Target target(Entry entry) {
    return targets.get(entry);
  }

  /** Whether the service gives one of these its id. */
  boolean isUnnamed(List<Entry> group) {
    return group.stream().anyMatch(entry -> target(entry).known() == null);
  }

  /** The other entries that an entry refers to. */
  Stream<Entry> needed(Entry entry) {
    return entry.references().stream()
        .map(reference -> named(entry, reference))
        .filter(needed -> needed != null && needed != entry)
        .distinct();
  }

  /** What an entry refers to by this; null where it is no entry of this load. */
  Entry named(Entry from, String reference) {
    String plain = reference.replaceFirst("/_history/.*", "");
    if (plain.contains("?")) {
      return numbers.get(number(plain));
    }
    if (plain.startsWith("urn:") || plain.startsWith("http")) {
      return names.get(plain);
    }
    String base = base(from);
    Entry found = base == null ? null : names.get(base + plain);
    if (found == null) {
      found = names.get(from.file() + " " + plain);
    }
    return found == null ? names.get(plain) : found;
  }

  private String fault(Entry entry, Map<String, Entry> recordNumbers, LoadFiles files) {
    if (entry.type().isEmpty()) {
      return "This is no resource of FHIR: it has no resourceType.";
    }
    if (!Target.isStored(entry)) {
      return "Only what is to be stored (POST, PUT) is loaded, not: " + entry.request() + '.';
    }
    Entry same = names.get(own(entry));
    if (same != null && !same.hash().equals(entry.hash())) {
      return "Another content of the same was taken: entry %d of %s. Take out the wrong one."
          .formatted(same.place(), files.path(same.file()));
    }
    Entry patient =
        entry.recordNumber() == null
            ? null
            : recordNumbers.putIfAbsent(entry.recordNumber(), entry);
    return patient == null || own(patient).equals(own(entry))
        ? null
        : "Another Patient has the same record number: entry %d of %s. Whose it is must be found out first."
            .formatted(patient.place(), files.path(patient.file()));
  }

  private boolean isNew(Entry entry) {
    return !names.containsKey(own(entry));
  }

  private void add(Entry entry, String source) {
    entries.add(entry);
    targets.put(entry, Target.of(entry, source));
    names.put(own(entry), entry);
    names.putIfAbsent(entry.file() + " " + entry.name(), entry);
    names.putIfAbsent(entry.name(), entry);
    entry.numbers().forEach(number -> numbers.putIfAbsent(entry.type() + '?' + number, entry));
  }

  /** Under what others refer to it; without an id nobody does. */
  private static String own(Entry entry) {
    return entry.fullUrl() != null
        ? entry.fullUrl()
        : entry.id() == null ? entry.hash() : "only " + entry.name();
  }

  /** Of what else of the same system is called by its type and id. */
  private static String base(Entry entry) {
    String fullUrl = String.valueOf(entry.fullUrl());
    String end = entry.type() + '/' + entry.id();
    return fullUrl.startsWith("http") && fullUrl.endsWith('/' + end)
        ? fullUrl.substring(0, fullUrl.length() - end.length())
        : null;
  }

  private static String number(String condition) {
    String query = condition.substring(condition.indexOf('?') + 1);
    return query.startsWith(BY_IDENTIFIER)
        ? condition.substring(0, condition.indexOf('?') + 1)
            + URLDecoder.decode(query.substring(BY_IDENTIFIER.length()), StandardCharsets.UTF_8)
        : condition;
  }
}
