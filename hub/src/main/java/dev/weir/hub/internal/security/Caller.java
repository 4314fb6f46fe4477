package dev.weir.hub.internal.security;

/** Who calls, and whose brand is all they see? */
public record Caller(String brand, Role role) {}
