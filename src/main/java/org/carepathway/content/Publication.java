package org.carepathway.content;

import ca.uhn.fhir.repository.IRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Keeps each version of the content, and its conformance resources in the FHIR store. */
@Component
class Publication {

  /** What is changed in these holds for everybody from the next start. */
  private static final Set<String> UNVERSIONED = Set.of(SentTable.FILE, WaitingTable.FILE);

  private final ContentSettings settings;
  private final ContentParser parser;
  private final ContentStore store;
  private final IRepository repository;

  Publication(
      ContentSettings settings, ContentParser parser, ContentStore store, IRepository repository) {
    this.settings = settings;
    this.parser = parser;
    this.store = store;
    this.repository = repository;
  }

  /**
   * @throws ContentException when content changed that patients are on
   */
  void requireUnchanged(PathwayContent content, List<ContentFile> files) {
    Map<String, String> kept = store.hashes(content.key(), content.version());
    List<ContentProblem> changed =
        files.stream()
            .filter(file -> !UNVERSIONED.contains(file.name()))
            .filter(file -> !kept.isEmpty() && !file.sha256().equals(kept.get(file.path())))
            .map(
                file ->
                    new ContentProblem(
                        file.path(),
                        "",
                        "changed, but version %s is in use.".formatted(content.version()),
                        "Raise the version of the pathway, or set"
                            + " carepathway.content.allow-change=true while you write content."))
            .toList();
    if (!changed.isEmpty() && !settings.allowChange()) {
      throw new ContentException(changed);
    }
  }

  /**
   * Writes what is new or changed to the store, so that a start without changes is quick. What is
   * inherited is kept with the version, but its resources are stored by their own pathway.
   */
  void keep(String key, String version, List<ContentFile> files) {
    Map<String, String> kept = store.hashes(key, version);
    List<Resource> changed = new ArrayList<>();
    for (ContentFile file : files) {
      if (isConformance(file)
          && file.isIn("fhir-profiles/" + key)
          && !file.sha256().equals(kept.get(file.path()))) {
        changed.add(parser.resource(file));
      }
    }
    if (!changed.isEmpty()) {
      repository.transaction(bundle(changed));
    }
    if (!kept.equals(
        files.stream().collect(Collectors.toMap(ContentFile::path, ContentFile::sha256)))) {
      store.replace(key, version, files);
    }
  }

  static boolean isConformance(ContentFile file) {
    return file.isIn("fhir-profiles")
        && !file.path().contains("/template/")
        && !file.path().contains("/text/")
        && !file.isOf("translation")
        && !file.path().contains("/examples/");
  }

  /** Ids carry the version, so that the forms of patients on an older version stay readable. */
  private static Bundle bundle(List<Resource> resources) {
    Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    for (Resource resource : resources) {
      String version = ((MetadataResource) resource).getVersion();
      String url = resource.fhirType() + '/' + resource.getIdElement().getIdPart() + '-' + version;
      resource.setId(url);
      bundle
          .addEntry()
          .setResource(resource)
          .getRequest()
          .setMethod(Bundle.HTTPVerb.PUT)
          .setUrl(url);
    }
    return bundle;
  }
}
