package org.carepathway.startup;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Says that no bean definition comes any more as soon as all are known. Spring says it itself only
 * after the web server was made, and the server needs most beans: until then each of their
 * dependencies is looked for among all definitions anew.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class SettledBeans implements BeanFactoryPostProcessor {

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    beans.freezeConfiguration();
  }
}
