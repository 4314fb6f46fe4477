/** The seam behind which a platform's stand-in keeps state and checks signatures as the platform does. */
@NullMarked
package dev.weir.connectors.sandbox;

import org.jspecify.annotations.NullMarked;
