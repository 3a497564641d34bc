/**
 * Systems that are told of what changes here: Subscriptions R5 Backport 1.1, on rows as the outbox
 * has them.
 */
package org.carepathway.subscription;
