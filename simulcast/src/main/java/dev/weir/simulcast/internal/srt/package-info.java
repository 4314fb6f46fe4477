/** Hosts that come in by SRT: the MPEG transport stream taken apart. */
@NullMarked
package dev.weir.simulcast.internal.srt;

import org.jspecify.annotations.NullMarked;
