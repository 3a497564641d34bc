/** A form between its page and the service. */
@NamedInterface("web")
package org.carepathway.answers.web;

import org.springframework.modulith.NamedInterface;
