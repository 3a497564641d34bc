package org.carepathway.demo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The demo.
 *
 * @param cohort whether an empty database is filled with a few synthetic patients
 * @param ehr whether a small EHR runs in this process, and is read
 * @param ehrPort its port on this machine
 */
@ConfigurationProperties("carepathway.demo")
record DemoSettings(
    @DefaultValue("true") boolean cohort,
    @DefaultValue("false") boolean ehr,
    @DefaultValue("8098") int ehrPort) {}
