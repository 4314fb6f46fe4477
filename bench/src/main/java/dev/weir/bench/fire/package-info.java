/** Is a unit ever sold twice, or kept from a buyer, while hubs, Redis and PostgreSQL are killed, paused and rolled back? */
@NullMarked
package dev.weir.bench.fire;

import org.jspecify.annotations.NullMarked;
