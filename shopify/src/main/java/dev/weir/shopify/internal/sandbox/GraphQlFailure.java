package dev.weir.shopify.internal.sandbox;

/** Which top-level error ends the whole call? */
final class GraphQlFailure extends RuntimeException {
    private final String code;

    GraphQlFailure(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }
}
