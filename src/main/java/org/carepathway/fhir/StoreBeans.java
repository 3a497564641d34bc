package org.carepathway.fhir;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/**
 * Trims the beans that HAPI's configuration defines before any is made: its search parameter
 * registry and what reads stored resources are exchanged, and the beans of resource types that are
 * not stored are left out.
 */
final class StoreBeans implements BeanDefinitionRegistryPostProcessor {

  private static final Pattern OF_TYPE =
      Pattern.compile("my(?!System)(\\w+?)(Resource)?(Dao|Rp)R4");

  private final StoredResources stored;

  StoreBeans(StoredResources stored) {
    this.stored = stored;
  }

  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
    for (String name : registry.getBeanDefinitionNames()) {
      Matcher ofType = OF_TYPE.matcher(name);
      if (ofType.matches() && !stored.types().contains(ofType.group(1))) {
        registry.removeBeanDefinition(name);
      }
    }
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
    replace(factory, "searchParamRegistry", () -> new NeededSearchParameters(stored));
    replace(
        factory,
        "jpaStorageResourceParser",
        () -> new TolerantParser(factory.getBean(Unreadable.class)));
    replace(factory, "batchResourceLoader", () -> new TolerantLoader(factory));
  }

  private static void replace(
      ConfigurableListableBeanFactory factory, String bean, Supplier<?> supplier) {
    ((AbstractBeanDefinition) factory.getBeanDefinition(bean)).setInstanceSupplier(supplier);
  }
}
