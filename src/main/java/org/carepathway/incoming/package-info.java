/** What feeds of every format share: whose it is, what is stored of it, and who is one person. */
package org.carepathway.incoming;
