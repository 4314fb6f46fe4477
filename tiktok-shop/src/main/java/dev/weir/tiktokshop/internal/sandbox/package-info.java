/** What stands in for TikTok Shop: its gateway's checks, its stock, its orders. */
@NullMarked
package dev.weir.tiktokshop.internal.sandbox;

import org.jspecify.annotations.NullMarked;
