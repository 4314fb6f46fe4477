/** Viewers over WebRTC: a live's packets are made once and sent to each of them. */
@NullMarked
package dev.weir.simulcast.internal.whep;

import org.jspecify.annotations.NullMarked;
