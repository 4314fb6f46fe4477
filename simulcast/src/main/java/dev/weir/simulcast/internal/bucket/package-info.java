/** Recordings in S3-compatible storage. */
@NullMarked
package dev.weir.simulcast.internal.bucket;

import org.jspecify.annotations.NullMarked;
