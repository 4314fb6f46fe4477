package dev.weir.connectors;

/** Would this connection work now? A value, not an exception. {@code detail} says what was seen, without secrets. */
public record Check(boolean ok, String detail) {}
