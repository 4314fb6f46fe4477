/** The insides of live shows: PostgreSQL stores and the in-process fan-out of events. */
@NullMarked
package dev.weir.live.internal;

import org.jspecify.annotations.NullMarked;
