/** The web pages of Weir as classpath resources, and what a server needs to know to serve them. */
@NullMarked
package dev.weir.console;

import org.jspecify.annotations.NullMarked;
