/** Scenarios as clinicians write them, and the answers in them. */
package org.carepathway.scenario;
