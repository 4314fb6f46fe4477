/** The receiving side of WebRTC: browsers and encoders that publish by WHIP (RFC 9725). */
@NullMarked
package dev.weir.simulcast.internal.whip;

import org.jspecify.annotations.NullMarked;
