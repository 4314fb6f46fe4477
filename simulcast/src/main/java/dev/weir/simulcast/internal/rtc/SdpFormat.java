package dev.weir.simulcast.internal.rtc;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What may one payload type of an offer carry (RFC 8866 §6.6, §6.15)?
 *
 * @param payloadType 0..127
 * @param codec encoding name in upper case, for example {@code H264}; empty when the offer has no rtpmap for it
 * @param clockRate ticks a second; 0 without rtpmap
 * @param channels 1 when not said
 * @param parameters of its fmtp line, names in lower case
 * @param feedback values of its rtcp-fb lines, for example {@code nack pli}
 */
public record SdpFormat(
        int payloadType,
        String codec,
        int clockRate,
        int channels,
        Map<String, String> parameters,
        List<String> feedback) {

    /** The fmtp parameter; empty when absent. */
    public String parameter(String name) {
        return parameters.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** True for H.264 that may be sent in fragments, which anything above 1200 bytes a picture needs (RFC 6184 §6.3). */
    public boolean isFragmentedH264() {
        return codec.equals("H264")
                && clockRate == 90_000
                && parameter("packetization-mode").equals("1");
    }

    /** True for Opus as RFC 7587 §4.1 spells it. */
    public boolean isOpus() {
        return codec.equals("OPUS") && clockRate == 48_000 && channels == 2;
    }
}
