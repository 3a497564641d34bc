package org.carepathway.content;

import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carepathway.engine.Deployments;
import org.carepathway.fhir.Conformance;
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
  private final Publication publication;
  private final Catalogue catalogue;
  private final Conformance conformance;
  private final Translations translations;
  private final Deployments deployments;
  private final ISearchParamRegistry searchParameters;
  private final TransactionTemplate transaction;

  ContentLoader(
      ContentSettings settings,
      ContentParser parser,
      ContentCheck check,
      Publication publication,
      Catalogue catalogue,
      Conformance conformance,
      Translations translations,
      Deployments deployments,
      ISearchParamRegistry searchParameters,
      TransactionTemplate transaction) {
    this.settings = settings;
    this.parser = parser;
    this.check = check;
    this.publication = publication;
    this.catalogue = catalogue;
    this.conformance = conformance;
    this.translations = translations;
    this.deployments = deployments;
    this.searchParameters = searchParameters;
    this.transaction = transaction;
  }

  @Override
  public void afterSingletonsInstantiated() {
    List<ContentFile> files = Heirs.complete(ContentFolder.read(settings.location()));
    ContentFolder.ownTranslations().forEach(translations::add);
    files.stream().filter(file -> file.isOf("translation")).forEach(translations::add);
    List<Resource> definitions =
        files.stream().filter(Publication::isConformance).map(parser::resource).toList();
    requireOneOfEach(definitions);
    conformance.add(definitions);
    transaction.executeWithoutResult(
        status -> publication.keep(BASE, BASE_VERSION, PathwayFiles.of(BASE, files)));
    searchParameters.forceRefresh();
    List<Pathway> pathways =
        PathwayFiles.keys(files).stream().map(key -> parse(key, files)).toList();
    requireSound(pathways);
    pathways.forEach(this::load);
  }

  private record Pathway(PathwayContent content, List<ContentFile> files) {}

  private Pathway parse(String key, List<ContentFile> files) {
    List<ContentFile> all = parser.allFilesOf(key, files);
    return new Pathway(parser.parse(key, all), all);
  }

  /** In parallel: the check is a good part of the start-up time. */
  private void requireSound(List<Pathway> pathways) {
    List<ContentProblem> problems =
        Stream.concat(
                TriggerCheck.of(pathways.stream().map(Pathway::content).toList()).stream(),
                pathways.parallelStream()
                    .flatMap(pathway -> check.check(pathway.content()).stream()))
            .toList();
    if (!problems.isEmpty()) {
      throw new ContentException(problems);
    }
  }

  private void load(Pathway pathway) {
    PathwayContent content = pathway.content();
    transaction.executeWithoutResult(
        status -> {
          publication.requireUnchanged(content, pathway.files());
          deployments.deploy(content.key(), content.models());
          publication.keep(content.key(), content.version(), pathway.files());
        });
    catalogue.offer(content);
    LOG.info("Pathway {} {}: {}", content.key(), content.version(), content.plan().getTitle());
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
}
