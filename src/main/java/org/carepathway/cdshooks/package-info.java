/** What the pathway says in an EHR at a moment of a clinician's there (CDS Hooks 2.0). */
package org.carepathway.cdshooks;
