/** What do all measurements need? Servers as children, clips, publishers, counters of time and memory. */
@NullMarked
package dev.weir.bench.rig;

import org.jspecify.annotations.NullMarked;
