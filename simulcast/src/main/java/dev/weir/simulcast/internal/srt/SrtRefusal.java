package dev.weir.simulcast.internal.srt;

/** Why is a caller turned away in the handshake? The codes are those of libsrt's {@code access_control.h}. */
enum SrtRefusal {
    VERSION(8, "its SRT is older than 1.3 (expected: handshake version 5)"),
    MALFORMED(1400, "its streamid cannot be read (expected: the live's name, or #!::r=NAME,m=publish)"),
    NO_ID(1401, "it sent no streamid (expected: the one in the address)"),
    OTHER_LIVE(1403, "its streamid is not that of this live"),
    NOT_TO_PUBLISH(1405, "it did not come to publish (expected: m=publish)");

    private final int code;
    private final String words;

    SrtRefusal(int code, String words) {
        this.code = code;
        this.words = words;
    }

    int code() {
        return code;
    }

    String words() {
        return words;
    }
}
