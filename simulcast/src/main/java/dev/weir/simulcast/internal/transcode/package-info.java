/** Decodes and codes anew: sound between AAC and Opus, pictures without B-frames or within limits. */
@NullMarked
package dev.weir.simulcast.internal.transcode;

import org.jspecify.annotations.NullMarked;
