/** The page to leave the plan on. */
package org.carepathway.deviation.web;
