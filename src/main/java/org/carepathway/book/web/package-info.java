/** The pages of the books, and their PDF. */
package org.carepathway.book.web;
