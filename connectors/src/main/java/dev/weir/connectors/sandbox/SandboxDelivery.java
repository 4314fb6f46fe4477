package dev.weir.connectors.sandbox;

import java.util.Map;

/** What does the stand-in push to the hub: signed, and in the shape that the platform itself would use? */
public record SandboxDelivery(Map<String, String> headers, byte[] body) {}
