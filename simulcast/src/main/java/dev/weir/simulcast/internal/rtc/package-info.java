/** One WebRTC peer: how it is found (ICE), how it is known (DTLS), and how its packets are kept secret (SRTP). */
@NullMarked
package dev.weir.simulcast.internal.rtc;

import org.jspecify.annotations.NullMarked;
