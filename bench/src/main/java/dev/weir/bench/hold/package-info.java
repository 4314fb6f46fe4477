/** What measurements of holds need: servers of their own, and the designs to compare with. */
@NullMarked
package dev.weir.bench.hold;

import org.jspecify.annotations.NullMarked;
