/** The pages of the list. */
@NamedInterface("web")
package org.carepathway.worklist.web;

import org.springframework.modulith.NamedInterface;
