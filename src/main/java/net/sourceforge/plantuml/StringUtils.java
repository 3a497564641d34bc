package net.sourceforge.plantuml;

/**
 * Stands in for a class of a library that draws diagrams: HAPI 8.8 reads the path of a FHIRPath
 * Patch with this one method of it (ca.uhn.fhir.jpa.patch.ParsedFhirPath), and needs nothing else
 * of its 20 MB. Without it every path with a function or a filter fails.
 */
public final class StringUtils {

  private StringUtils() {}

  public static boolean isNotEmpty(CharSequence text) {
    return text != null && text.length() > 0;
  }
}
