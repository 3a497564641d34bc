package org.carepathway.fhir;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.binstore.DatabaseBinaryContentStorageSvcImpl;
import ca.uhn.fhir.jpa.config.HibernatePropertiesProvider;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.dao.FulltextSearchSvcImpl;
import ca.uhn.fhir.jpa.dao.IFulltextSearchSvc;
import ca.uhn.fhir.jpa.dao.search.HSearchSortHelperImpl;
import ca.uhn.fhir.jpa.dao.search.IHSearchSortHelper;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.subscription.submit.config.SubscriptionSubmitterConfig;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.orm.jpa.JpaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * HAPI FHIR JPA inside this process, on the service's one DataSource. Its transaction manager is
 * the primary one, so that the engine and our own tables join the same transaction (ADR 0001).
 */
@Configuration(proxyBeanMethods = false)
@Import({
  JpaR4Config.class,
  ThreadPoolFactoryConfig.class,
  JpaBatch2Config.class,
  Batch2JobsConfig.class,
  SubscriptionChannelConfig.class,
  SubscriptionSubmitterConfig.class
})
class FhirStoreConfiguration {

  @Bean
  JpaStorageSettings jpaStorageSettings() {
    JpaStorageSettings settings = new JpaStorageSettings();
    settings.setResourceClientIdStrategy(JpaStorageSettings.ClientIdStrategyEnum.ANY);
    settings.setResourceServerIdStrategy(JpaStorageSettings.IdStrategyEnum.UUID);
    // A worklist or record that is up to a minute old is a clinical risk (hapi-fhir#647).
    settings.setReuseCachedSearchResultsForMillis(null);
    settings.setAllowExternalReferences(false);
    // Slots are worked out when they are asked for: an Appointment names them, the store has none.
    settings.setTreatReferencesAsLogical(Set.of("Slot/*"));
    settings.setAllowMultipleDelete(false);
    settings.setDeleteEnabled(false);
    settings.setExpungeEnabled(false);
    settings.setHibernateSearchIndexFullText(false);
    settings.setHibernateSearchIndexSearchParams(false);
    settings.setPreExpandValueSets(false);
    settings.setEnableTaskPreExpandValueSets(false);
    settings.setMatchUrlCacheEnabled(false);
    // Profiles stay in the resource's body and codes have no :text search: a third fewer rows.
    settings.setTagStorageMode(JpaStorageSettings.TagStorageModeEnum.INLINE);
    settings.setSuppressStringIndexingInTokens(true);
    settings.setStoreMetaSourceInformation(
        JpaStorageSettings.StoreMetaSourceInformationEnum.SOURCE_URI);
    settings.setSearchPreFetchThresholds(List.of(101, 1001, -1));
    settings.setFetchSizeDefaultMaximum(1000);
    settings.setMarkResourcesForReindexingUponSearchParameterChange(false);
    return settings;
  }

  @Bean
  static StoredResources storedResources() {
    return StoredResources.read();
  }

  @Bean
  static StoreBeans storeBeans(StoredResources stored) {
    return new StoreBeans(stored);
  }

  /** HAPI demands the bean; no subscription type is enabled: the outbox is our event bus. */
  @Bean
  SubscriptionSettings subscriptionSettings() {
    return new SubscriptionSettings();
  }

  @Bean
  PartitionSettings partitionSettings() {
    return new PartitionSettings();
  }

  @Bean
  DatabaseBinaryContentStorageSvcImpl binaryStorage() {
    return new DatabaseBinaryContentStorageSvcImpl();
  }

  @Bean
  IFulltextSearchSvc fullTextSearchSvc() {
    return new FulltextSearchSvcImpl();
  }

  @Bean
  IStaleSearchDeletingSvc staleSearchDeletingSvc() {
    return new StaleSearchDeletingSvcImpl();
  }

  @Bean
  IHSearchSortHelper hSearchSortHelper(ISearchParamRegistry searchParamRegistry) {
    return new HSearchSortHelperImpl(searchParamRegistry);
  }

  @Bean
  IResourceSupportedSvc resourceSupportedSvc(StoredResources stored) {
    return stored.types()::contains;
  }

  @Bean
  @Primary
  HibernatePropertiesProvider hibernatePropertiesProvider() {
    return new HibernatePropertiesProvider();
  }

  @Bean
  @Primary
  LocalContainerEntityManagerFactoryBean entityManagerFactory(
      ConfigurableListableBeanFactory beanFactory,
      FhirContext fhirContext,
      JpaStorageSettings storageSettings,
      JpaProperties jpaProperties,
      DataSource dataSource) {
    LocalContainerEntityManagerFactoryBean factory =
        HapiEntityManagerFactoryUtil.newEntityManagerFactory(
            beanFactory, fhirContext, storageSettings);
    factory.setPersistenceUnitName("fhir");
    factory.setJpaPropertyMap(jpaProperties.getProperties());
    factory.setDataSource(dataSource);
    return factory;
  }

  @Bean
  @Primary
  JpaTransactionManager transactionManager(EntityManagerFactory entityManagerFactory) {
    return new JpaTransactionManager(entityManagerFactory);
  }
}
