/** Real servers out of Maven artefacts, started and stopped with the process, on loopback only. */
@NullMarked
package dev.weir.hub.internal.embedded;

import org.jspecify.annotations.NullMarked;
