package org.carepathway.template;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.model.api.annotation.DatatypeDef;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionKind;
import org.hl7.fhir.r4.model.StructureDefinition.TypeDerivationRule;

/**
 * The R4 type hierarchy that FHIRPath needs for {@code is}, {@code as} and {@code ofType}, read
 * from HAPI's model classes. HAPI's own source of it parses the whole specification (6 s and 100
 * MB); this one is ready at once.
 */
final class TypeDefinitions implements IValidationSupport {

  private static final String BASE = "http://hl7.org/fhir/StructureDefinition/";

  private static final Map<String, String> ABSTRACT_CLASSES =
      Map.of(
          "Resource", "Resource",
          "DomainResource", "DomainResource",
          "Element", "Element",
          "BackboneElement", "BackboneElement",
          "BackboneType", "BackboneElement");

  private final FhirContext fhir;
  private final Map<String, StructureDefinition> byUrl = new HashMap<>();

  TypeDefinitions(FhirContext fhir) {
    this.fhir = fhir;
    add("Element", null, StructureDefinitionKind.COMPLEXTYPE);
    add("BackboneElement", "Element", StructureDefinitionKind.COMPLEXTYPE);
    add("Resource", null, StructureDefinitionKind.RESOURCE);
    add("DomainResource", "Resource", StructureDefinitionKind.RESOURCE);
    Map<Class<?>, String> names = modelClasses();
    names.forEach((type, name) -> add(name, parent(type, names), kind(type)));
  }

  boolean knows(String type) {
    return byUrl.containsKey(BASE + type);
  }

  private Map<Class<?>, String> modelClasses() {
    Properties listed = new Properties();
    try (InputStream in = fhir.getVersion().getFhirVersionPropertiesFile()) {
      listed.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<Class<?>, String> names = new HashMap<>();
    listed.forEach((key, className) -> addModelClass(names, (String) key, (String) className));
    return names;
  }

  private static void addModelClass(Map<Class<?>, String> names, String key, String className) {
    String name = key.substring(key.indexOf('.') + 1);
    try {
      Class<?> type = Class.forName(className);
      DatatypeDef datatype = type.getAnnotation(DatatypeDef.class);
      names.put(type, datatype == null ? name : datatype.name());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("HAPI lists a model class that it does not have: " + key, e);
    }
  }

  /** HAPI has classes of its own in between (MetadataResource, BaseDateTimeType): passed over. */
  private static String parent(Class<?> type, Map<Class<?>, String> names) {
    for (Class<?> up = type.getSuperclass(); up != null; up = up.getSuperclass()) {
      String name = names.getOrDefault(up, ABSTRACT_CLASSES.get(up.getSimpleName()));
      if (name != null) {
        return name;
      }
    }
    return "Element"; // xhtml: in HAPI no model class
  }

  private static StructureDefinitionKind kind(Class<?> type) {
    if (Resource.class.isAssignableFrom(type)) {
      return StructureDefinitionKind.RESOURCE;
    }
    return PrimitiveType.class.isAssignableFrom(type)
        ? StructureDefinitionKind.PRIMITIVETYPE
        : StructureDefinitionKind.COMPLEXTYPE;
  }

  private void add(String name, String parent, StructureDefinitionKind kind) {
    StructureDefinition definition = new StructureDefinition();
    definition.setUrl(BASE + name).setName(name).setType(name).setKind(kind);
    definition.setDerivation(TypeDerivationRule.SPECIALIZATION);
    definition.setBaseDefinition(parent == null ? null : BASE + parent);
    byUrl.put(definition.getUrl(), definition);
  }

  @Override
  public FhirContext getFhirContext() {
    return fhir;
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<StructureDefinition> fetchAllStructureDefinitions() {
    return List.copyOf(byUrl.values());
  }

  @Override
  public StructureDefinition fetchStructureDefinition(String url) {
    return byUrl.get(url);
  }
}
