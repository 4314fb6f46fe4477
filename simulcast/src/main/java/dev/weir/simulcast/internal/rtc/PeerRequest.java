package dev.weir.simulcast.internal.rtc;

import dev.weir.simulcast.RtcSessionStats;
import java.util.List;

/**
 * Who wants a session, and what is it answered?
 *
 * @param kind viewer or host
 * @param showId the live that it is for
 * @param remoteAddress of the HTTP client, without port; sessions are limited by it
 * @param offer what it offered
 * @param answers what we say to its m-lines, at least one
 * @param handler is told what happens
 */
public record PeerRequest(
        RtcSessionStats.Kind kind,
        String showId,
        String remoteAddress,
        SdpOffer offer,
        List<MediaAnswer> answers,
        PeerHandler handler) {}
