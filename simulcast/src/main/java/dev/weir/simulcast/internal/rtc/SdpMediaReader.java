package dev.weir.simulcast.internal.rtc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the lines of one m-section. */
final class SdpMediaReader {

    private static final int MAX_FORMATS = 128;
    private static final int MAX_LINES_A_FORMAT = 16;

    private static final class Format {
        private String codec = "";
        private int clockRate;
        private int channels = 1;
        private final Map<String, String> parameters = new HashMap<>();
        private final List<String> feedback = new ArrayList<>();
    }

    private final String kind;
    private final String protocol;
    private final String formatText;
    private final boolean zeroPort;
    private final Map<Integer, Format> formats = new LinkedHashMap<>();
    private final List<String> feedbackOfAll = new ArrayList<>();
    private String mid = "";
    private String direction;
    private boolean bundleOnly;
    private boolean rtcpMux;

    private SdpMediaReader(String kind, String protocol, String formatText, boolean zeroPort, String direction) {
        this.kind = kind;
        this.protocol = protocol;
        this.formatText = formatText;
        this.zeroPort = zeroPort;
        this.direction = direction;
    }

    static SdpMediaReader begin(String value, String direction) throws SdpException {
        String[] parts = value.split(" ", 4);
        if (parts.length < 4 || !parts[1].matches("\\d{1,5}(/\\d{1,3})?")) {
            throw SdpParser.malformed(
                    "m-line: '%s' (expected: kind port protocol formats)".formatted(SdpParser.excerpt(value)));
        }
        if (!parts[0].matches("[a-z]{1,16}") || !parts[2].matches("[A-Za-z0-9/]{1,40}")) {
            throw SdpParser.malformed(
                    "m-line: '%s' (expected: audio, video or application)".formatted(SdpParser.excerpt(value)));
        }
        var reader = new SdpMediaReader(parts[0], parts[2], parts[3].strip(), parts[1].equals("0"), direction);
        if (parts[2].endsWith("RTP/SAVPF") || parts[2].endsWith("RTP/SAVP")) {
            reader.formatNumbers();
        }
        return reader;
    }

    private void formatNumbers() throws SdpException {
        for (String text : formatText.split("\\s+")) {
            int number = number(text);
            if (number < 0 || formats.size() == MAX_FORMATS) {
                throw SdpParser.malformed("format: '%s' (expected: at most %d numbers of 0..127)"
                        .formatted(SdpParser.excerpt(text), MAX_FORMATS));
            }
            formats.put(number, new Format());
        }
    }

    private static int number(String text) {
        return text.matches("\\d{1,3}") && Integer.parseInt(text) < 128 ? Integer.parseInt(text) : -1;
    }

    void attribute(String name, String value) throws SdpException {
        switch (name) {
            case "mid" -> mid = tag(value);
            case "rtcp-mux" -> rtcpMux = true;
            case "bundle-only" -> bundleOnly = true;
            case "rtpmap", "fmtp" -> ofFormat(name, value);
            case "rtcp-fb" -> feedback(value);
            default -> {
                // Header extensions, candidates, sources: not needed to answer.
            }
        }
    }

    private static String tag(String value) throws SdpException {
        if (!value.matches("[!-~]{1,64}")) {
            throw SdpParser.malformed(
                    "mid: '%s' (expected: 1..64 visible characters)".formatted(SdpParser.excerpt(value)));
        }
        return value;
    }

    void direction(String name) {
        direction = name;
    }

    private void ofFormat(String name, String value) {
        int blank = value.indexOf(' ');
        Format format = blank < 0 ? null : formats.get(number(value.substring(0, blank)));
        if (format == null) {
            return;
        }
        String text = value.substring(blank + 1).strip();
        if (name.equals("rtpmap")) {
            rtpmap(format, text);
        } else {
            parameters(format, text);
        }
    }

    private static void rtpmap(Format format, String text) {
        String[] parts = text.split("/");
        if (parts.length >= 2 && parts[1].matches("\\d{1,6}")) {
            format.codec = parts[0].toUpperCase(Locale.ROOT);
            format.clockRate = Integer.parseInt(parts[1]);
            format.channels = parts.length > 2 && parts[2].matches("\\d{1,2}") ? Integer.parseInt(parts[2]) : 1;
        }
    }

    private static void parameters(Format format, String text) {
        for (String pair : text.split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && format.parameters.size() < MAX_LINES_A_FORMAT) {
                format.parameters.put(
                        pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        pair.substring(equals + 1).strip());
            }
        }
    }

    private void feedback(String value) {
        int blank = value.indexOf(' ');
        if (blank < 0) {
            return;
        }
        String text = value.substring(blank + 1).strip();
        if (value.startsWith("* ")) {
            addBounded(feedbackOfAll, text);
        } else {
            Format format = formats.get(number(value.substring(0, blank)));
            if (format != null) {
                addBounded(format.feedback, text);
            }
        }
    }

    private static void addBounded(List<String> list, String text) {
        if (list.size() < MAX_LINES_A_FORMAT) {
            list.add(text);
        }
    }

    SdpMedia media() {
        List<SdpFormat> list = new ArrayList<>();
        formats.forEach((number, format) -> {
            List<String> all = new ArrayList<>(format.feedback);
            all.addAll(feedbackOfAll);
            list.add(new SdpFormat(
                    number,
                    format.codec,
                    format.clockRate,
                    format.channels,
                    Map.copyOf(format.parameters),
                    List.copyOf(all)));
        });
        var way = SdpMedia.Direction.valueOf(direction.toUpperCase(Locale.ROOT));
        return new SdpMedia(kind, protocol, mid, zeroPort && !bundleOnly, way, rtcpMux, List.copyOf(list), formatText);
    }
}
