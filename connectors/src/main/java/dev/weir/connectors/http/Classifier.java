package dev.weir.connectors.http;

import dev.weir.connectors.ChannelException;
import org.jspecify.annotations.Nullable;

/** Is this answer a failure, and of which kind? Written by each channel, because success bodies can hold refusals. */
@FunctionalInterface
public interface Classifier {
    /** The failure, or null when the answer is good; {@code ChannelHttp} retries what its fault allows. */
    @Nullable
    ChannelException fault(HttpAnswer answer);
}
