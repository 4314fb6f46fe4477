/** One brand, one show, every channel's sandbox, in one process. */
@NullMarked
package dev.weir.hub.internal.demo;

import org.jspecify.annotations.NullMarked;
