package org.carepathway.fhir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * What {@code stored-resources.properties} says: the resource types that the record stores and the
 * search parameters of each. A search parameter costs rows on every write, a type half a dozen
 * beans at every start.
 */
record StoredResources(Map<String, Set<String>> searchedBy) {

  private static final String ALL = "*";

  static StoredResources read() {
    try {
      Properties listed =
          PropertiesLoaderUtils.loadProperties(
              new ClassPathResource("stored-resources.properties"));
      return new StoredResources(
          listed.stringPropertyNames().stream()
              .collect(
                  Collectors.toMap(
                      type -> type, type -> Set.of(listed.getProperty(type).split("\\s+")))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> types() {
    return searchedBy.keySet();
  }

  /** Whether only some of the search parameters of R4 are there for a type. */
  boolean isSelective(String type) {
    return searchedBy.containsKey(type) && !searchedBy.get(type).contains(ALL);
  }

  boolean isSearchedBy(String type, String parameter) {
    return parameter.startsWith("_")
        || !isSelective(type)
        || searchedBy.get(type).contains(parameter);
  }
}
