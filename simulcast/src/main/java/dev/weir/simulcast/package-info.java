/** One host stream in, every screen out: ingest, fan-out, targets, player delivery and recording. */
@NullMarked
package dev.weir.simulcast;

import org.jspecify.annotations.NullMarked;
