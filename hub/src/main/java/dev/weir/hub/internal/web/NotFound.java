package dev.weir.hub.internal.web;

/** There is nothing of that id that this caller may see. */
final class NotFound extends RuntimeException {
    NotFound(String field, Object value) {
        super(field + ": " + value + " (expected: one that exists)");
    }
}
