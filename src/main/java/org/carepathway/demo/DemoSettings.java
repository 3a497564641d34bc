package org.carepathway.demo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The demo.
 *
 * @param cohort whether an empty database is filled with a few synthetic patients
 */
@ConfigurationProperties("carepathway.demo")
record DemoSettings(@DefaultValue("true") boolean cohort) {}
