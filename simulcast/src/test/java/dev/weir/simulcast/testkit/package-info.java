/** Independent peers to test and measure against: Debian's nginx with its RTMP module, and ffmpeg. */
@NullMarked
package dev.weir.simulcast.testkit;

import org.jspecify.annotations.NullMarked;
