/** Pushing one stream to one address, supervised. */
@NullMarked
package dev.weir.simulcast.internal.targets;

import org.jspecify.annotations.NullMarked;
