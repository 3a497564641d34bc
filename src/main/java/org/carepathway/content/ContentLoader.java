package org.carepathway.content;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.engine.Deployments;
import org.carepathway.fhir.Conformance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads the content before the first request: checks it, keeps it, deploys its models, and puts its
 * conformance resources into the FHIR store.
 */
@Component
class ContentLoader implements SmartInitializingSingleton {

  private static final Logger LOG = LoggerFactory.getLogger(ContentLoader.class);
  private static final String BASE = "base";
  private static final String BASE_VERSION = "current";

  private final ContentSettings settings;
  private final ContentParser parser;
  private final ContentCheck check;
  private final ContentStore store;
  private final Catalogue catalogue;
  private final Conformance conformance;
  private final Deployments deployments;
  private final IRepository repository;
  private final ISearchParamRegistry searchParameters;
  private final TransactionTemplate transaction;

  ContentLoader(
      ContentSettings settings,
      ContentParser parser,
      ContentCheck check,
      ContentStore store,
      Catalogue catalogue,
      Conformance conformance,
      Deployments deployments,
      IRepository repository,
      ISearchParamRegistry searchParameters,
      TransactionTemplate transaction) {
    this.settings = settings;
    this.parser = parser;
    this.check = check;
    this.store = store;
    this.catalogue = catalogue;
    this.conformance = conformance;
    this.deployments = deployments;
    this.repository = repository;
    this.searchParameters = searchParameters;
    this.transaction = transaction;
  }

  @Override
  public void afterSingletonsInstantiated() {
    List<ContentFile> files = ContentFolder.read(settings.location());
    List<Resource> definitions =
        files.stream().filter(ContentLoader::isConformance).map(parser::resource).toList();
    requireOneOfEach(definitions);
    conformance.add(definitions);
    transaction.executeWithoutResult(
        status -> keep(BASE, BASE_VERSION, ContentParser.filesOf(BASE, files)));
    searchParameters.forceRefresh();
    for (String key : ContentParser.pathwayKeys(files)) {
      List<ContentFile> all = parser.allFilesOf(key, files);
      PathwayContent content = parser.parse(key, all);
      List<ContentProblem> problems = check.check(content);
      if (!problems.isEmpty()) {
        throw new ContentException(problems);
      }
      transaction.executeWithoutResult(
          status -> {
            requireUnchanged(content, all);
            deployments.deploy(key, content.models());
            keep(key, content.version(), all);
          });
      catalogue.offer(content);
      LOG.info("Pathway {} {}: {}", key, content.version(), content.plan().getTitle());
    }
  }

  /**
   * Of two resources with one canonical nobody could say which one counts. Links to a form name its
   * version, so a form may be there in several.
   */
  private static void requireOneOfEach(List<Resource> definitions) {
    Set<String> seen = new HashSet<>();
    List<ContentProblem> twice =
        definitions.stream()
            .map(ContentLoader::canonical)
            .filter(url -> !seen.add(url))
            .map(
                url ->
                    new ContentProblem(
                        "fhir-profiles", url, "is there twice.", "Remove or rename one."))
            .toList();
    if (!twice.isEmpty()) {
      throw new ContentException(twice);
    }
  }

  private static String canonical(Resource definition) {
    MetadataResource named = (MetadataResource) definition;
    return named instanceof Questionnaire
        ? named.getUrl() + '|' + named.getVersion()
        : named.getUrl();
  }

  private void requireUnchanged(PathwayContent content, List<ContentFile> files) {
    Map<String, String> kept = store.hashes(content.key(), content.version());
    List<ContentProblem> changed =
        files.stream()
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
  private void keep(String key, String version, List<ContentFile> files) {
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

  private static boolean isConformance(ContentFile file) {
    return file.isIn("fhir-profiles")
        && !file.path().contains("/template/")
        && !file.path().contains("/text/")
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
