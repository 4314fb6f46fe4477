package dev.weir.simulcast.internal.rtc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an offer line by line. For one offer; not thread-safe. */
final class SdpParser {

    static final int MAX_CHARS = 64 * 1024;

    private static final int MAX_LINES = 2000;
    private static final int MAX_MEDIA = 16;
    private static final Set<String> HASHES = Set.of("sha-256", "sha-384", "sha-512");

    private final List<SdpMediaReader> media = new ArrayList<>();
    private @Nullable String ufrag;
    private @Nullable String password;
    private @Nullable PeerFingerprint fingerprint;
    private SdpOffer.@Nullable Setup setup;
    private String sessionDirection = "sendrecv";
    private boolean bundle;

    SdpOffer parse(String text) throws SdpException {
        if (text.length() > MAX_CHARS) {
            throw malformed("offer: %d characters (expected: at most %d)".formatted(text.length(), MAX_CHARS));
        }
        List<String> lines = text.lines().limit(MAX_LINES + 1L).toList();
        if (lines.isEmpty() || !lines.getFirst().strip().equals("v=0")) {
            throw malformed("first line: not v=0 (expected: an SDP offer)");
        }
        if (lines.size() > MAX_LINES) {
            throw malformed("offer: over %d lines (expected: fewer)".formatted(MAX_LINES));
        }
        for (String line : lines) {
            read(line.stripTrailing());
        }
        return offer();
    }

    private void read(String line) throws SdpException {
        if (line.isEmpty()) {
            return;
        }
        if (line.length() < 2 || line.charAt(1) != '=') {
            throw malformed("line: '%s' (expected: a letter and '=')".formatted(excerpt(line)));
        }
        String value = line.substring(2);
        switch (line.charAt(0)) {
            case 'm' -> {
                if (media.size() == MAX_MEDIA) {
                    throw malformed("m-lines: over %d (expected: fewer)".formatted(MAX_MEDIA));
                }
                media.add(SdpMediaReader.begin(value, sessionDirection));
            }
            case 'a' -> attribute(value);
            default -> {
                // The other lines say nothing that a session here depends on.
            }
        }
    }

    private void attribute(String text) throws SdpException {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1).strip();
        switch (name) {
            case "ice-ufrag" -> ufrag = first(ufrag, iceText(name, value, 4));
            case "ice-pwd" -> password = first(password, iceText(name, value, 22));
            case "fingerprint" -> fingerprint = fingerprint == null ? fingerprintOf(value) : fingerprint;
            case "setup" -> setup = setup == null ? setupOf(value) : setup;
            case "group" -> bundle |= value.equals("BUNDLE") || value.startsWith("BUNDLE ");
            case "sendrecv", "sendonly", "recvonly", "inactive" -> direction(name);
            default -> {
                if (!media.isEmpty()) {
                    media.getLast().attribute(name, value);
                }
            }
        }
    }

    /** In a bundle all m-lines share the first one's transport. */
    private static String first(@Nullable String known, String next) {
        return known == null ? next : known;
    }

    private void direction(String name) {
        if (media.isEmpty()) {
            sessionDirection = name;
        } else {
            media.getLast().direction(name);
        }
    }

    static String iceText(String name, String value, int least) throws SdpException {
        if (value.length() < least || value.length() > 256 || !value.matches("[A-Za-z0-9+/_=-]+")) {
            throw malformed(
                    "%s: %d characters (expected: %d..256 of A-Z a-z 0-9 + /)".formatted(name, value.length(), least));
        }
        return value;
    }

    private static @Nullable PeerFingerprint fingerprintOf(String value) {
        String[] parts = value.split("\\s+", 2);
        String hash = parts[0].toLowerCase(Locale.ROOT);
        return parts.length == 2 && HASHES.contains(hash) ? new PeerFingerprint(hash, parts[1]) : null;
    }

    private static SdpOffer.Setup setupOf(String value) throws SdpException {
        return switch (value) {
            case "actpass" -> SdpOffer.Setup.ACTPASS;
            case "active" -> SdpOffer.Setup.ACTIVE;
            case "passive" -> SdpOffer.Setup.PASSIVE;
            default -> throw malformed("setup: '%s' (expected: actpass, active or passive)".formatted(excerpt(value)));
        };
    }

    private SdpOffer offer() throws SdpException {
        if (media.isEmpty()) {
            throw malformed("m-lines: none (expected: audio, video or both)");
        }
        if (ufrag == null || password == null) {
            throw new SdpException(422, "ice-ufrag, ice-pwd: absent (expected: both)");
        }
        if (fingerprint == null) {
            throw new SdpException(422, "fingerprint: absent (expected: sha-256, sha-384 or sha-512)");
        }
        List<SdpMedia> lines = new ArrayList<>();
        for (SdpMediaReader reader : media) {
            lines.add(reader.media());
        }
        return new SdpOffer(
                new IceCredentials(ufrag, password),
                fingerprint,
                setup == null ? SdpOffer.Setup.ACTPASS : setup,
                List.copyOf(lines),
                bundle);
    }

    static SdpException malformed(String message) {
        return new SdpException(400, message);
    }

    static String excerpt(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7E]", "?");
        return safe.length() > 60 ? safe.substring(0, 60) + ".." : safe;
    }
}
