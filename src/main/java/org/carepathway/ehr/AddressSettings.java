package org.carepathway.ehr;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where others reach the service.
 *
 * @param address such as {@code https://pathways.example.org}; empty for this machine
 */
@ConfigurationProperties("carepathway")
record AddressSettings(@DefaultValue("") String address) {}
