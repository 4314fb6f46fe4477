/** The media engine joined to shows. */
@NullMarked
package dev.weir.hub.internal.live;

import org.jspecify.annotations.NullMarked;
