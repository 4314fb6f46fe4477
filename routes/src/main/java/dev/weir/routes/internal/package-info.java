/** The steps of the routes and the loops that drain their tables. */
@NullMarked
package dev.weir.routes.internal;

import org.jspecify.annotations.NullMarked;
