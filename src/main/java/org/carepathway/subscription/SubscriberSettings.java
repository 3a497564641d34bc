package org.carepathway.subscription;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Systems that are told of what changes here, {@code carepathway.subscriptions.*}.
 *
 * @param endpoints addresses that may be told, and all below them, such as {@code
 *     https://ehr.example.org/notifications}; without any nobody is told anything
 * @param keys of at least 32 characters, the newest first, with which headers of subscriptions are
 *     kept; without any a Subscription with a header is refused
 * @param workers how many subscriptions this process serves at once; 0 for none
 * @param most subscriptions of one system
 * @param batch events in a notification where its subscription says nothing
 * @param pause before the second attempt; doubled before each further one
 * @param longest pause
 * @param giveUp how long an endpoint may fail until its subscription is in error
 * @param answer how long an endpoint may take to answer, where its subscription says nothing
 * @param connect how long a connection may take
 * @param knownFor how long the rights of a system count that has not called us with a token
 * @param keep how long events can be asked for
 */
@ConfigurationProperties("carepathway.subscriptions")
record SubscriberSettings(
    @DefaultValue List<String> endpoints,
    @DefaultValue List<String> keys,
    @DefaultValue("2") int workers,
    @DefaultValue("100") int most,
    @DefaultValue("20") int batch,
    @DefaultValue("1s") Duration pause,
    @DefaultValue("15s") Duration longest,
    @DefaultValue("2m") Duration giveUp,
    @DefaultValue("20s") Duration answer,
    @DefaultValue("5s") Duration connect,
    @DefaultValue("7d") Duration knownFor,
    @DefaultValue("30d") Duration keep) {}
