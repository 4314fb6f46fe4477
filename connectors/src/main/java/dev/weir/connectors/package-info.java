/** The words everyone uses, and what a channel is. */
@NullMarked
package dev.weir.connectors;

import org.jspecify.annotations.NullMarked;
