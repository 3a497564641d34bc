/** The page on which a referral is entered. */
package org.carepathway.entry.web;
