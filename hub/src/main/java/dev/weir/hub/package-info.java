/** The application: wiring, web API, security, embedded defaults, sandbox, settings. */
@NullMarked
package dev.weir.hub;

import org.jspecify.annotations.NullMarked;
