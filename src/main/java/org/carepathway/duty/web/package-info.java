/** The page on which people tick off what they have done. */
package org.carepathway.duty.web;
