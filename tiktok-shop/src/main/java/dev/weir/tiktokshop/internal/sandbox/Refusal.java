package dev.weir.tiktokshop.internal.sandbox;

/** With which HTTP status, code and words does the gateway refuse? */
final class Refusal extends RuntimeException {
    private final int status;
    private final int code;

    Refusal(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }
}
