/** Picture and sound of the generated host. */
@NullMarked
package dev.weir.simulcast.internal.host;

import org.jspecify.annotations.NullMarked;
