/** The shell of all pages: language, dates, theme, files, and how a refusal is told. */
package org.carepathway.page;
