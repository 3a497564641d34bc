package org.carepathway.bench;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.List;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.fhir.StoreInterceptor;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Takes access control and audit out of a running service and puts them back: what packages
 * security and audit do at {@code /fhir}, at the store and as listeners.
 */
final class AccessSwitch {

  private static final List<String> PACKAGES =
      List.of("org.carepathway.audit.", "org.carepathway.security.");

  private final IInterceptorService server;
  private final IInterceptorService store;
  private final ApplicationEventMulticaster events;
  private final List<Object> onRequests;
  private final List<Object> onStore;
  private final List<ApplicationListener<?>> listeners;

  AccessSwitch(ConfigurableApplicationContext service) {
    this.server = service.getBean(RestfulServer.class).getInterceptorService();
    this.store = service.getBean(IInterceptorService.class);
    this.events = service.getBean(ApplicationEventMulticaster.class);
    this.onRequests = ours(service.getBeansOfType(FhirInterceptor.class).values().stream());
    this.onStore = ours(service.getBeansOfType(StoreInterceptor.class).values().stream());
    this.listeners =
        ((AbstractApplicationContext) service)
            .getApplicationListeners().stream()
                .filter(
                    listener ->
                        listener instanceof SmartApplicationListener smart
                            && isOurs(smart.getListenerId()))
                .toList();
    if (onRequests.size() < 4 || onStore.size() < 2 || listeners.size() < 3) {
      throw new IllegalStateException(
          "access control is elsewhere now: " + onRequests + onStore + listeners);
    }
  }

  void off() {
    server.unregisterInterceptors(onRequests);
    store.unregisterInterceptors(onStore);
    listeners.forEach(events::removeApplicationListener);
  }

  void on() {
    server.registerInterceptors(onRequests);
    store.registerInterceptors(onStore);
    listeners.forEach(events::addApplicationListener);
  }

  private static List<Object> ours(java.util.stream.Stream<?> beans) {
    return beans.filter(bean -> isOurs(bean.getClass().getName())).map(Object.class::cast).toList();
  }

  private static boolean isOurs(String name) {
    return PACKAGES.stream().anyMatch(name::startsWith);
  }
}
