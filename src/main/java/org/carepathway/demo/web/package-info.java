/** The page that moves the demo's clock. */
package org.carepathway.demo.web;
