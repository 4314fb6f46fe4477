package dev.weir.tiktokshop.internal;

import dev.weir.connectors.Fault;
import java.util.Locale;
import java.util.Set;

/**
 * What is to be done about a code of TikTok Shop (fact sheet, section 7)? Most codes mean one thing; 36009004 is one number
 * for a dozen faults and is told apart by its words, quoted with backticks in the documents and with apostrophes live.
 */
final class TikTokCodes {
    static final int HOURLY_CAP = 36009037;
    static final int BAD_REQUEST = 36009004;
    static final int EVERY_WAREHOUSE = 12019028;
    static final int TOO_MANY_FOUND = 12052180;

    private static final Set<Integer> THROTTLED = Set.of(36009002, HOURLY_CAP, 12052109);
    private static final Set<Integer> INTERNAL =
            Set.of(36009003, 36009007, 12001000, 33001002, 10002014, 10002015, 10006402, 10037002, 10037003, 10037004);
    private static final Set<Integer> ACCESS =
            Set.of(105001, 105002, 105005, 101000, 106001, 36009033, 36009043, 36009044, 36004001, 36004004, 36004005);
    private static final Set<Integer> NOT_THERE = Set.of(12019150, 12052032, 12052260, 66009315);
    private static final Set<Integer> LOCKED_FOR_NOW = Set.of(12019045, 12052038);

    private static final String TOKEN = "accessToken: not valid, or no longer (expected: from the seller's consent). ";

    private TikTokCodes() {}

    /** The fault of {@code code}; {@code safe} says whether the call may be sent again. */
    static Fault fault(int code, String message, boolean safe) {
        if (THROTTLED.contains(code)) {
            return Fault.THROTTLED;
        }
        if (INTERNAL.contains(code)) {
            return safe ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN;
        }
        if (ACCESS.contains(code) || (code == BAD_REQUEST && isOfAccess(plain(message)))) {
            return Fault.UNAUTHORISED;
        }
        if (NOT_THERE.contains(code)) {
            return Fault.NOT_FOUND;
        }
        return LOCKED_FOR_NOW.contains(code) ? Fault.CONFLICT : Fault.REJECTED;
    }

    /** Whether the stamp was refused: our clock is wrong, or the call waited for too long. */
    static boolean isOfClock(int code, String message) {
        return code == BAD_REQUEST && plain(message).contains("timestamp");
    }

    /** The setting that a refusal is about, in front of TikTok's words; empty when they do not tell. */
    static String suspect(int code, String message) {
        String plain = plain(message);
        return switch (code) {
            case 106001 -> "appSecret: TikTok signs with another (expected: the secret of the app key). ";
            case 105001, 105002 -> TOKEN;
            case BAD_REQUEST -> {
                if (plain.contains("app_secret")) {
                    yield "appSecret: not the one of the app key (expected: both of one app). ";
                }
                if (plain.contains("app_key")) {
                    yield "appKey: not one that TikTok knows (expected: the key of your app). ";
                }
                if (plain.contains("cipher") && plain.contains("invalid")) {
                    yield "shopCipher: not of a shop that let this app in (expected: from the authorised shops). ";
                }
                yield isOfAccess(plain) ? TOKEN : "";
            }
            default -> "";
        };
    }

    private static boolean isOfAccess(String plain) {
        boolean cipher = plain.contains("cipher") && plain.contains("invalid");
        return cipher || plain.contains("app_key") || plain.contains("access_token") || plain.contains("access-token");
    }

    private static String plain(String message) {
        return message.replaceAll("['`\"]", "").toLowerCase(Locale.ROOT);
    }
}
