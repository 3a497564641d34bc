package org.carepathway.content;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the pathways' content is read from.
 *
 * @param location a folder with {@code bpmn/} and {@code fhir-profiles/}; {@code
 *     classpath:/content} is what came with the jar, {@code file:/path} a mounted folder
 * @param allowChange whether content may change without a new version; for authors of content only,
 *     as patients on the way would change over with it
 */
@ConfigurationProperties("carepathway.content")
record ContentSettings(
    @DefaultValue("classpath:/content") String location,
    @DefaultValue("false") boolean allowChange) {}
