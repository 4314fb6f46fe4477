/** Every order from everywhere, the double-entry journal, and the figures that finance reads from it. */
@NullMarked
package dev.weir.orders;

import org.jspecify.annotations.NullMarked;
