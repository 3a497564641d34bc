package org.carepathway.security;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * By what a resource type can be searched: what the store indexes of it. The CapabilityStatement
 * declares this and the rules of requests take this, so that one says what the other does.
 */
@Component
class SearchableBy {

  private static final Set<String> OF_EVERY_TYPE = Set.of("_id", "_lastUpdated");
  private static final Set<RestSearchParameterTypeEnum> NOT_TAKEN =
      EnumSet.of(RestSearchParameterTypeEnum.COMPOSITE, RestSearchParameterTypeEnum.SPECIAL);
  private static final String OURS = "https://carepathway.org/fhir/SearchParameter/";

  /** Systems know the parameter by the name of its element, too. */
  private static final Map<String, Map<String, String>> ALSO_CALLED =
      Map.of("Task", Map.of("performer-type", "performer"));

  /** What the store does not keep, but is worked out or has a table, is searched by these only. */
  private static final Map<String, Set<String>> ONLY =
      Map.of(
          "Slot", Set.of("schedule", "start", "status"),
          "Subscription", Set.of("_id", "criteria", "status", "url"));

  private final ObjectProvider<ISearchParamRegistry> registry;

  SearchableBy(ObjectProvider<ISearchParamRegistry> registry) {
    this.registry = registry;
  }

  /** Whether its resources are worked out, or kept in a table, so that none come along. */
  boolean isWorkedOut(String type) {
    return ONLY.containsKey(type);
  }

  /** The parameters of a type by their names, other names included. */
  SortedMap<String, RuntimeSearchParam> of(String type) {
    SortedMap<String, RuntimeSearchParam> found = new TreeMap<>();
    registry
        .getObject()
        .getActiveSearchParams(type, SearchParamLookupContextEnum.SEARCH)
        .values()
        .stream()
        .filter(SearchableBy::isIndexed)
        .filter(
            parameter -> !ONLY.containsKey(type) || ONLY.get(type).contains(parameter.getName()))
        .forEach(parameter -> found.put(parameter.getName(), parameter));
    ALSO_CALLED
        .getOrDefault(type, Map.of())
        .forEach((also, name) -> found.put(also, found.get(name)));
    return found;
  }

  Optional<RuntimeSearchParam> parameter(String type, String name) {
    return Optional.ofNullable(of(type).get(name));
  }

  /** Whether resources come along by it; the audit has a table of its own, from which none do. */
  boolean isReference(String type, String name) {
    return !type.equals(FhirAccess.AUDIT) && !isOtherName(type, name) && isOfReference(type, name);
  }

  boolean isToken(String type, String name) {
    return parameter(type, name)
        .filter(found -> found.getParamType() == RestSearchParameterTypeEnum.TOKEN)
        .isPresent();
  }

  private static boolean isOtherName(String type, String name) {
    return !stored(type, name).equals(name);
  }

  private boolean isOfReference(String type, String name) {
    return parameter(type, name)
        .filter(found -> found.getParamType() == RestSearchParameterTypeEnum.REFERENCE)
        .isPresent();
  }

  /**
   * The name that the store knows a parameter by.
   *
   * @param parameter with its modifier, if it has one
   */
  static String stored(String type, String parameter) {
    String name = parameter.replaceFirst(":.*", "");
    String stored = ALSO_CALLED.getOrDefault(type, Map.of()).getOrDefault(name, name);
    return stored + parameter.substring(name.length());
  }

  /**
   * HAPI has R4's {@code _tag} and {@code _profile} for every type, and finds by them only what a
   * definition of ours lets it index: tags stay in the resource's body. By pairs and by what is
   * near it finds some things and stumbles over others.
   */
  private static boolean isIndexed(RuntimeSearchParam parameter) {
    return !NOT_TAKEN.contains(parameter.getParamType())
        && (!parameter.getName().startsWith("_")
            || OF_EVERY_TYPE.contains(parameter.getName())
            || String.valueOf(parameter.getUri()).startsWith(OURS));
  }
}
