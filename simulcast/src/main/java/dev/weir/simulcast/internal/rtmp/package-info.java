/** The RTMP server's handshake, chunks, commands and FLV tags. */
@NullMarked
package dev.weir.simulcast.internal.rtmp;

import org.jspecify.annotations.NullMarked;
