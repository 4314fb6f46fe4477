package dev.weir.tiktokshop.internal;

/**
 * How may a title be written? 255 characters in most markets, without emojis and HTML entities (refused with 12052931).
 */
final class Titles {
    private static final int MOST = 255;

    private Titles() {}

    /** {@code title} as the shop takes it; the same for the same title, so that it can be compared with what the shop shows. */
    static String of(String title) {
        String plain = title.replaceAll("&(#\\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);", " ")
                .replaceAll("[\\p{So}\\p{Cs}\\p{Co}\\x{1F000}-\\x{1FAFF}\\x{FE0F}\\x{200D}]", "")
                .replaceAll("\\s+", " ")
                .strip();
        return plain.length() <= MOST ? plain : plain.substring(0, MOST).strip();
    }
}
