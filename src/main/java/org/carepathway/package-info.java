/** The service; its main class and nothing else. */
package org.carepathway;
