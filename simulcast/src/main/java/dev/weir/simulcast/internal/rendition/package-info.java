/** The forms of one live's stream that consumers ask for, each made at most once. */
@NullMarked
package dev.weir.simulcast.internal.rendition;

import org.jspecify.annotations.NullMarked;
