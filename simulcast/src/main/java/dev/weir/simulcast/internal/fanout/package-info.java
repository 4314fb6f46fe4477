/** Queues and counters behind the fan-out. */
@NullMarked
package dev.weir.simulcast.internal.fanout;

import org.jspecify.annotations.NullMarked;
