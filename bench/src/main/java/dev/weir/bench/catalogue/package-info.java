/** Large catalogues: a hub and the platforms' stand-ins, each in a process of its own. */
@NullMarked
package dev.weir.bench.catalogue;

import org.jspecify.annotations.NullMarked;
