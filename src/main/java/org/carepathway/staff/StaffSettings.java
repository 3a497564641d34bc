package org.carepathway.staff;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Staff copied from Keycloak, {@code carepathway.staff.*}.
 *
 * @param every how often Keycloak is asked; without it staff are not copied
 * @param client id of the client whose service account may view users
 * @param secret the client's secret
 */
@ConfigurationProperties("carepathway.staff")
record StaffSettings(
    Duration every,
    @DefaultValue("care-pathway-staff") String client,
    @DefaultValue("") String secret) {}
