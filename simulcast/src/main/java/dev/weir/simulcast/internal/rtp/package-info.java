/** RTP and RTCP packets, and how H.264 travels in them. */
@NullMarked
package dev.weir.simulcast.internal.rtp;

import org.jspecify.annotations.NullMarked;
