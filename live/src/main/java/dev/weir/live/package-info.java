/** Shows while they run: run sheet, pins, flash prices, chat, and the timeline that a replay plays back. */
@NullMarked
package dev.weir.live;

import org.jspecify.annotations.NullMarked;
