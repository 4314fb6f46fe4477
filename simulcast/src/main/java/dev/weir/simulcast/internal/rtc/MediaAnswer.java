package dev.weir.simulcast.internal.rtc;

import java.util.List;

/**
 * What do we say to one m-line of an offer?
 *
 * @param media the line answered
 * @param format the payload type chosen from it
 * @param sends true when we send on it, false when we receive
 * @param ssrc our stream's number, when we send
 * @param parameters value of the fmtp line; empty for none
 * @param feedback rtcp-fb values that we act on; those that the offer lacks are left out
 */
public record MediaAnswer(
        SdpMedia media, SdpFormat format, boolean sends, int ssrc, String parameters, List<String> feedback) {}
