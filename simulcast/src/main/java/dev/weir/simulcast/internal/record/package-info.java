/** Recordings: written as the live runs, readable after a crash, kept for a time. */
@NullMarked
package dev.weir.simulcast.internal.record;

import org.jspecify.annotations.NullMarked;
