/** All that knows Camunda: deployment, steps, decisions, jobs, messages. */
package org.carepathway.engine;
