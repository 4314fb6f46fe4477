/** How a sale at one shop becomes known at the others. */
@NullMarked
package dev.weir.bench.spread;

import org.jspecify.annotations.NullMarked;
