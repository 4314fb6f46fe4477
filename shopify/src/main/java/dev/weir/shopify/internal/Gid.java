package dev.weir.shopify.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.util.regex.Pattern;

/** How are Shopify's two forms of one id, {@code 11} and {@code gid://shopify/Order/11}, turned into each other? */
final class Gid {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");

    private Gid() {}

    /** The global form of an id of {@code type} given in either form; anything else is {@code fault}. */
    static String of(String type, String id, Fault fault) {
        String prefix = "gid://shopify/" + type + "/";
        String number = id.startsWith(prefix) ? id.substring(prefix.length()) : id;
        if (!DIGITS.matcher(number).matches()) {
            throw new ChannelException(fault, type + " id: " + id + " (expected: digits or " + prefix + "digits)");
        }
        return prefix + number;
    }

    /** Whether {@code id} is a global id of {@code type}. */
    static boolean is(String type, String id) {
        String prefix = "gid://shopify/" + type + "/";
        return id.startsWith(prefix)
                && DIGITS.matcher(id.substring(prefix.length())).matches();
    }

    /** The digits that end a global id. */
    static String number(String gid) {
        return gid.substring(gid.lastIndexOf('/') + 1);
    }
}
