/** Who gets in, who may do what, and whose patients they see. */
package org.carepathway.security;
