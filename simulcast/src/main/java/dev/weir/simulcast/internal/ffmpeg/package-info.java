/** The few native calls that the module makes, guarded. */
@NullMarked
package dev.weir.simulcast.internal.ffmpeg;

import org.jspecify.annotations.NullMarked;
