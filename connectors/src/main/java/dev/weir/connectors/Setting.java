package dev.weir.connectors;

/**
 * What does the operator enter to connect a shop?
 *
 * @param secret encrypted at rest and never read back
 * @param hint one line of help: where the platform shows the value
 */
public record Setting(String name, String title, boolean secret, boolean required, String hint) {}
