package org.carepathway.content;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import org.carepathway.fhir.Conformance;
import org.carepathway.form.FormReader;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Coding;

/** The content of the working directory, as the service would read it. */
public final class ContentOnDisk {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final FhirPaths PATHS = new FhirPaths(FHIR);
  private static final Conformance CONFORMANCE = new Conformance(FHIR);

  /** What forms ask for again and again, each expanded once. */
  private static final Map<String, List<Coding>> CODES = new ConcurrentHashMap<>();

  private static final FormReader READER =
      new FormReader(PATHS, url -> CODES.computeIfAbsent(url, CONFORMANCE::codes));

  static final ContentParser PARSER =
      new ContentParser(FHIR, new PolicySettings(Map.of()), READER, PATHS);

  private static final Map<String, PathwayContent> READ = new ConcurrentHashMap<>();

  private static final String HERE =
      Path.of("").toAbsolutePath().toUri().toString().replaceAll("/$", "");

  private static final List<ContentFile> FILES = files();

  static {
    CONFORMANCE.add(
        FILES.stream().filter(Publication::isConformance).map(PARSER::resource).toList());
  }

  private ContentOnDisk() {}

  /** All files, those of heirs whole. */
  static List<ContentFile> files() {
    return Heirs.complete(ContentFolder.read(HERE));
  }

  /**
   * A file as it is loaded where no hospital is: one of an heir is laid over what it inherits, and
   * texts name the values of the policy.
   */
  public static String whole(Path file) {
    return PolicyText.named(
        FILES.stream()
            .filter(some -> some.path().equals(file.toString()))
            .findFirst()
            .orElseThrow()
            .body());
  }

  /** A pathway with all that it inherits. */
  public static PathwayContent content(String key) {
    return READ.computeIfAbsent(key, any -> PARSER.parse(key, PARSER.allFilesOf(key, FILES)));
  }

  /**
   * The same with some files written otherwise.
   *
   * @param edit path and text to the text as it is to be
   */
  public static PathwayContent content(String key, BinaryOperator<String> edit) {
    List<ContentFile> edited =
        FILES.stream()
            .map(file -> new ContentFile(file.path(), edit.apply(file.path(), file.body())))
            .toList();
    return PARSER.parse(key, PARSER.allFilesOf(key, edited));
  }

  /** The same as a hospital sets it. */
  public static PathwayContent content(String key, Map<String, String> policy) {
    return new ContentParser(FHIR, new PolicySettings(Map.of(key, policy)), READER, PATHS)
        .parse(key, PARSER.allFilesOf(key, FILES));
  }

  /** Name to YAML. */
  public static Map<String, String> scenarios(String key) {
    return ContentFolder.scenarios(HERE, key);
  }

  /** The texts of the content in other languages. */
  public static Translations translations() {
    Translations translations = new Translations();
    ContentFolder.ownTranslations().forEach(translations::add);
    FILES.stream().filter(file -> file.isOf("translation")).forEach(translations::add);
    return translations;
  }

  /** A pathway's policy values, those that it inherits among them. */
  public static Policy policy(String key) {
    return content(key).policy();
  }
}
