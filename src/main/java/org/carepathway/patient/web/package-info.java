/** Finding a patient, and the head of every page about one. */
@NamedInterface("web")
package org.carepathway.patient.web;

import org.springframework.modulith.NamedInterface;
