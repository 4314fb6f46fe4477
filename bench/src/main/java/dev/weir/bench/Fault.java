package dev.weir.bench;

/** In which ways can the far end of one target fail? */
enum Fault {
    DNS_FAILURE("name does not resolve"),
    REFUSED("nobody listens"),
    SILENT("accepts and says nothing"),
    TLS_HANG("TLS never answers"),
    BAD_KEY("refuses the key"),
    SLOW_READER("reads 100 kbit/s"),
    RESET("reset in mid-stream"),
    CLOSE("closes in good order"),
    OUTAGE("gone for the whole time");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** True when the target is well first and fails then. */
    boolean strikesLive() {
        return switch (this) {
            case SLOW_READER, RESET, CLOSE, OUTAGE -> true;
            case DNS_FAILURE, REFUSED, SILENT, TLS_HANG, BAD_KEY -> false;
        };
    }
}
