/** Instagram (Meta commerce) as a channel of the hub. */
@NullMarked
package dev.weir.instagram;

import org.jspecify.annotations.NullMarked;
