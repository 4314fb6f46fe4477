package dev.weir.simulcast.internal.live;

import dev.weir.simulcast.StreamHeaders;

/** Numbers the headers of one live, so that no two discontinuities share a version. Not thread-safe. */
final class HeaderVersions {

    private int last;

    StreamHeaders next(StreamHeaders headers) {
        return headers.withVersion(++last);
    }
}
