/** The fragmented MP4 muxer and the sliding playlist. */
@NullMarked
package dev.weir.simulcast.internal.hls;

import org.jspecify.annotations.NullMarked;
