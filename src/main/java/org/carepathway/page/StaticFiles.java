package org.carepathway.page;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/**
 * Styles, scripts and WebJars, each kind at its own address. Were files served from everywhere, as
 * Spring Boot does, each link of a page would be looked up among all jars: that took half the time
 * of the worklist.
 */
@Configuration(proxyBeanMethods = false)
class StaticFiles implements WebMvcConfigurer {

  private static final CacheControl KEPT = CacheControl.maxAge(Duration.ofHours(1));

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    versioned(registry, "/css/**", "classpath:/static/css/");
    versioned(registry, "/js/**", "classpath:/static/js/");
    registry
        .addResourceHandler("/*.svg")
        .addResourceLocations("classpath:/static/")
        .setCacheControl(KEPT);
    registry
        .addResourceHandler("/webjars/**")
        .addResourceLocations("classpath:/META-INF/resources/webjars/")
        .setCacheControl(KEPT)
        .resourceChain(true);
  }

  /** A new version gets a new address, so that no browser keeps an old one. */
  private static void versioned(ResourceHandlerRegistry registry, String path, String location) {
    registry
        .addResourceHandler(path)
        .addResourceLocations(location)
        .setCacheControl(KEPT)
        .resourceChain(true)
        .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
  }
}
