/** What ties one show's ingest, outputs and timeline together. */
@NullMarked
package dev.weir.simulcast.internal.live;

import org.jspecify.annotations.NullMarked;
