/** TikTok Shop as a channel of the hub. */
@NullMarked
package dev.weir.tiktokshop;

import org.jspecify.annotations.NullMarked;
