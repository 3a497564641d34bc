package org.carepathway.security;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whose patients people see, {@code carepathway.access.*}.
 *
 * @param defaultTeam the team of a patient whose referral names none
 * @param breakGlass how long a record stays open that was opened in an emergency
 * @param largestTeam most patients that a search at {@code /fhir} is narrowed to; people whose
 *     teams have more must name a patient
 * @param proxies regular expression of the addresses whose {@code X-Forwarded-*} headers are
 *     believed, those of the ingress; {@code none} matches no address. {@code application.yaml}
 *     hands it to Tomcat
 * @param origins from where pages of others may call {@code /fhir} in a browser, e.g. {@code
 *     https://apps.example.org}; none by default, and never all
 */
@Validated
@ConfigurationProperties("carepathway.access")
record AccessSettings(
    @DefaultValue("main") @NotBlank String defaultTeam,
    @DefaultValue("1h") Duration breakGlass,
    @DefaultValue("2000") @Positive int largestTeam,
    @DefaultValue("none") @NotBlank String proxies,
    @DefaultValue List<@Pattern(regexp = "https?://[^/*?#\\s]+") String> origins) {}
