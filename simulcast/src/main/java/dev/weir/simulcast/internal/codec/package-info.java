/** What the H.264 and AAC headers say. */
@NullMarked
package dev.weir.simulcast.internal.codec;

import org.jspecify.annotations.NullMarked;
