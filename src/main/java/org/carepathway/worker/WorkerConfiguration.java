package org.carepathway.worker;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What is done at intervals, as to forget what is old, is scheduled by Spring. */
@Configuration
@EnableScheduling
class WorkerConfiguration {}
