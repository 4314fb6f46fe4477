package dev.weir.simulcast.internal.rtc;

import java.util.List;

/** Answers of a server whose credentials, certificate and address are always the same. */
public final class Answers {

    private Answers() {}

    public static String of(SdpOffer offer, List<MediaAnswer> answers) {
        return new SdpAnswer(
                        new IceCredentials("serverufrag1", "serverpassword0123456789"),
                        "00:11:22",
                        "passive",
                        List.of(
                                "1 1 udp 2130706431 192.0.2.7 8189 typ host",
                                "2 1 tcp 2122317823 192.0.2.7 8189 typ host tcptype passive"),
                        "weir")
                .write(offer, answers);
    }
}
