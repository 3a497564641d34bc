/** Reads BPMN and DMN as content writes them; it never touches a running engine. */
@NamedInterface("model")
package org.carepathway.engine.model;

import org.springframework.modulith.NamedInterface;
