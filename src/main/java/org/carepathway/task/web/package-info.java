/** The page of a task. */
package org.carepathway.task.web;
