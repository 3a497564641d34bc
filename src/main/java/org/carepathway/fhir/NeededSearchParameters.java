package org.carepathway.fhir;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.jpa.searchparam.registry.SearchParamRegistryImpl;
import ca.uhn.fhir.rest.server.util.ResourceSearchParams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * The search parameters that are indexed, answered and listed in the CapabilityStatement. For the
 * types that steps write by the dozen these are the ones of {@code search-parameters.properties}:
 * each costs rows on every write. For all other types they are all of R4.
 */
final class NeededSearchParameters extends SearchParamRegistryImpl {

  private final Map<String, Set<String>> needed = read();
  private final Map<String, ResourceSearchParams> selected = new ConcurrentHashMap<>();
  private volatile Object selectedFrom;

  @Override
  public RuntimeSearchParam getActiveSearchParam(
      String type, String name, SearchParamLookupContextEnum context) {
    return isNeeded(type, name) ? super.getActiveSearchParam(type, name, context) : null;
  }

  @Override
  public ResourceSearchParams getActiveSearchParams(
      String type, SearchParamLookupContextEnum context) {
    ResourceSearchParams all = super.getActiveSearchParams(type, context);
    if (!needed.containsKey(type)) {
      return all;
    }
    if (selectedFrom != getActiveSearchParams()) {
      selected.clear();
      selectedFrom = getActiveSearchParams();
    }
    return selected.computeIfAbsent(type + ' ' + context, key -> select(type, all));
  }

  private ResourceSearchParams select(String type, ResourceSearchParams all) {
    ResourceSearchParams some = new ResourceSearchParams(type);
    all.values().stream()
        .filter(parameter -> isNeeded(type, parameter.getName()))
        .forEach(parameter -> some.put(parameter.getName(), parameter));
    return some;
  }

  private boolean isNeeded(String type, String name) {
    return name.startsWith("_") || !needed.containsKey(type) || needed.get(type).contains(name);
  }

  private static Map<String, Set<String>> read() {
    try {
      Properties listed =
          PropertiesLoaderUtils.loadProperties(
              new ClassPathResource("search-parameters.properties"));
      return listed.stringPropertyNames().stream()
          .collect(
              Collectors.toMap(
                  type -> type, type -> Set.of(listed.getProperty(type).split("\\s+"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
