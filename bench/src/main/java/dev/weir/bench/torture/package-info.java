/** What is left of deliveries when everything that carries them is killed under way? */
@NullMarked
package dev.weir.bench.torture;

import org.jspecify.annotations.NullMarked;
