/** Certificates that this process makes for itself. */
@NullMarked
package dev.weir.simulcast.internal.cert;

import org.jspecify.annotations.NullMarked;
