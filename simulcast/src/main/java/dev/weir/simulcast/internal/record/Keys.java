package dev.weir.simulcast.internal.record;

import java.util.regex.Pattern;

/** Names of recordings and their files, which can lead nowhere else. */
public final class Keys {

    private static final Pattern SAFE =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){0,2}");

    private Keys() {}

    /** Whether it is {@code show}, {@code show/epoch} or {@code show/epoch/name}. */
    public static boolean isKey(String key) {
        return SAFE.matcher(key).matches();
    }
}
