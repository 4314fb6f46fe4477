package dev.weir.simulcast;

import java.time.Duration;

/**
 * How is the HLS delivery of one live doing?
 *
 * @param blockedRequests requests that wait for a part or a playlist now
 * @param segments segments in memory, the one in the making included
 * @param bytes media bytes in memory
 * @param partTarget longest a part may be, as the playlist says
 */
public record HlsStats(int blockedRequests, int segments, long bytes, Duration partTarget) {}
