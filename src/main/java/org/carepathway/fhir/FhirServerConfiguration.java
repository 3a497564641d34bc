package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.narrative2.NullNarrativeGenerator;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.ETagSupportEnum;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.IncomingRequestAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The FHIR R4 REST face of the record at {@code /fhir}. */
@Configuration(proxyBeanMethods = false)
class FhirServerConfiguration {

  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 500;

  @Bean
  RestfulServer restfulServer(
      FhirContext fhirContext,
      IFhirSystemDao<Bundle, Meta> systemDao,
      IJpaSystemProvider systemProvider,
      JpaStorageSettings storageSettings,
      ISearchParamRegistry searchParamRegistry,
      IValidationSupport validationSupport,
      DatabaseBackedPagingProvider pagingProvider) {
    fhirContext.setNarrativeGenerator(new NullNarrativeGenerator());
    RestfulServer server = new RestfulServer(fhirContext);
    server.registerProvider(systemProvider);
    JpaCapabilityStatementProvider capabilities =
        new JpaCapabilityStatementProvider(
            server, systemDao, storageSettings, searchParamRegistry, validationSupport);
    capabilities.setImplementationDescription("Care pathway service");
    server.setServerConformanceProvider(capabilities);
    server.setDefaultResponseEncoding(EncodingEnum.JSON);
    server.setETagSupport(ETagSupportEnum.ENABLED);
    server.setPagingProvider(pagingProvider);
    server.setServerAddressStrategy(new IncomingRequestAddressStrategy());
    return server;
  }

  @Bean
  ServletRegistrationBean<RestfulServer> fhirServlet(
      RestfulServer server,
      ResourceProviderFactory resourceProviders,
      List<FhirOperations> operations,
      IInterceptorService storeInterceptors,
      List<StoreInterceptor> onStore,
      List<FhirInterceptor> onRequests,
      TakenParameters parameters) {
    Collection<Object> providers = resourceProviders.createProviders();
    providers.removeIf(provider -> isReplaced(provider, operations));
    server.registerInterceptor(new OwnOperations(operations, parameters));
    server.registerProviders(providers);
    server.registerProviders(operations);
    onRequests.forEach(server::registerInterceptor);
    onStore.forEach(storeInterceptors::registerInterceptor);
    ServletRegistrationBean<RestfulServer> registration =
        new ServletRegistrationBean<>(server, "/fhir/*");
    registration.setLoadOnStartup(1);
    return registration;
  }

  /**
   * HAPI asks for it to answer {@code metadata}. How many patients there are is nobody's business.
   */
  @Bean(name = "myResourceCountsCache")
  ResourceCountCache resourceCounts() {
    return new ResourceCountCache(Map::of);
  }

  @Bean
  Conformance conformance(FhirContext fhirContext, DefaultProfileValidationSupport r4) {
    return new Conformance(fhirContext, r4);
  }

  /** A provider of our own stands in for the generated one that it extends or whose type it has. */
  private static boolean isReplaced(Object provider, List<FhirOperations> operations) {
    return operations.stream()
        .anyMatch(
            own ->
                provider.getClass() != own.getClass()
                    && (provider.getClass().isInstance(own) || isOfSameType(provider, own)));
  }

  private static boolean isOfSameType(Object provider, FhirOperations own) {
    return own instanceof IResourceProvider ours
        && provider instanceof IResourceProvider generated
        && generated.getResourceType().equals(ours.getResourceType());
  }

  @Bean
  DatabaseBackedPagingProvider pagingProvider() {
    DatabaseBackedPagingProvider provider = new DatabaseBackedPagingProvider();
    provider.setDefaultPageSize(DEFAULT_PAGE);
    provider.setMaximumPageSize(LARGEST_PAGE);
    return provider;
  }

  @Bean
  IRepository repository(DaoRegistry daoRegistry, RestfulServer server, EntityManager entities) {
    return new StoreRepository(daoRegistry, server, entities, Sender.STEP);
  }
}
