package dev.weir.connectors;

/**
 * What does the operator enter to connect a shop?
 *
 * @param secret encrypted at rest and never read back
 * @param usual whether to ask for it at once; the others are asked for on request. What is required always is
 * @param hint one line of help: where the platform shows the value
 */
public record Setting(String name, String title, boolean secret, boolean required, boolean usual, String hint) {
    /** One that is asked for at once only when it is required. */
    public Setting(String name, String title, boolean secret, boolean required, String hint) {
        this(name, title, secret, required, required, hint);
    }

    /** The same, asked for at once although it may be left empty. */
    public Setting asUsual() {
        return new Setting(name, title, secret, required, true, hint);
    }
}
