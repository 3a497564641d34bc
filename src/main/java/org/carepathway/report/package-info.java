/** What can happen at any time and is reported, such as a red flag or a death. */
package org.carepathway.report;
