package org.carepathway.capacity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is held for those who book over FHIR.
 *
 * @param hold how long {@code Appointment/$hold} holds a time
 * @param answer how long somebody who waits has to answer when a freed time is offered
 */
@ConfigurationProperties("carepathway.capacity")
public record CapacitySettings(
    @DefaultValue("15m") Duration hold, @DefaultValue("2h") Duration answer) {}
