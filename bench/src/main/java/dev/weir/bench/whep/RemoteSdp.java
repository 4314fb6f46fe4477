package dev.weir.bench.whep;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What did the sender say about itself in its SDP?
 *
 * @param ufrag its ICE user fragment
 * @param pwd its ICE password; a secret
 * @param fingerprint SHA-256 of its certificate, upper-case hex with colons
 * @param address its first IPv4 UDP candidate
 * @param media its m-lines in order
 */
public record RemoteSdp(String ufrag, String pwd, String fingerprint, InetSocketAddress address, List<Media> media) {

    /**
     * One m-line.
     *
     * @param kind {@code audio}, {@code video} or another
     * @param mid its identification
     * @param payloadType of H.264 in packetization mode 1, or of Opus; the first listed when it has neither
     */
    public record Media(String kind, String mid, int payloadType) {}

    /** The payload type of that kind; -1 when there is none. */
    public int payloadType(String kind) {
        return media.stream()
                .filter(m -> m.kind().equals(kind))
                .mapToInt(Media::payloadType)
                .findFirst()
                .orElse(-1);
    }

    /**
     * Reads an offer or an answer.
     *
     * @throws IllegalArgumentException when something that is needed to connect is missing
     */
    public static RemoteSdp parse(String sdp) {
        List<String> lines = sdp.lines().map(String::strip).toList();
        List<Media> media = new ArrayList<>();
        List<String> section = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("m=") && !section.isEmpty()) {
                media.add(media(section));
                section.clear();
            }
            if (line.startsWith("m=") || !section.isEmpty()) {
                section.add(line);
            }
        }
        if (!section.isEmpty()) {
            media.add(media(section));
        }
        return new RemoteSdp(
                value(lines, "a=ice-ufrag:"),
                value(lines, "a=ice-pwd:"),
                value(lines, "a=fingerprint:sha-256 ").toUpperCase(Locale.ROOT),
                candidate(lines),
                List.copyOf(media));
    }

    private static Media media(List<String> section) {
        String[] head = section.getFirst().substring(2).split(" ");
        String codec = head[0].equals("video") ? "H264/90000" : "opus/48000/2";
        int type = Integer.parseInt(head[3].matches("\\d+") ? head[3] : "-1");
        for (String line : section.reversed()) {
            String[] map = line.split("[: ]");
            if (line.startsWith("a=rtpmap:") && map[2].equalsIgnoreCase(codec)) {
                type = Integer.parseInt(map[1]);
            }
        }
        return new Media(head[0], value(section, "a=mid:"), type);
    }

    private static String value(List<String> lines, String prefix) {
        String found = optional(lines, prefix);
        if (found == null) {
            throw new IllegalArgumentException("SDP: without %s (expected: one)".formatted(prefix.strip()));
        }
        return found;
    }

    private static @Nullable String optional(List<String> lines, String prefix) {
        for (String line : lines) {
            if (line.regionMatches(true, 0, prefix, 0, prefix.length())) {
                return line.substring(prefix.length());
            }
        }
        return null;
    }

    private static InetSocketAddress candidate(List<String> lines) {
        for (String line : lines) {
            String[] parts = line.split(" ");
            if (line.startsWith("a=candidate:")
                    && parts.length > 7
                    && parts[1].equals("1")
                    && parts[2].equalsIgnoreCase("udp")
                    && parts[4].matches("[\\d.]+")) {
                return new InetSocketAddress(parts[4], Integer.parseInt(parts[5]));
            }
        }
        throw new IllegalArgumentException("SDP: without a candidate (expected: IPv4 over UDP)");
    }

    @Override
    public String toString() {
        return "RemoteSdp[address=%s, media=%s]".formatted(address, media);
    }
}
