package dev.weir.simulcast.internal.host;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the generated host shows: an evening gradient, soft lights that drift, the title, and a clock to the
 * millisecond. The gradient and the text are drawn once; a frame costs a copy and a few blends.
 */
final class Scene {

    static final int WIDTH = 720;
    static final int HEIGHT = 1280;

    private static final YuvImage.Colour WHITE = YuvImage.Colour.rgb(0xFFF6EC);
    private static final YuvImage.Colour INK = YuvImage.Colour.rgb(0x1A1029);
    private static final int[] SKY = {0x2A1B4E, 0x5A2A6E, 0xB0486F, 0xF08A6A, 0xFFD0A1};
    private static final int[] LIGHTS = {0xFFB38A, 0xFF7A8A, 0x8E6BFF, 0xFFE3B8, 0x5FC7D8};
    private static final int TITLE_HEIGHT = 66;
    private static final int TITLE_TOP = 250;
    private static final int LINE_STEP = 108;
    private static final int CLOCK_TOP = 640;

    private record Light(Mask mask, YuvImage.Colour colour, double phase, double speed, double x, double y) {}

    private final YuvImage background = new YuvImage(WIDTH, HEIGHT);
    private final YuvImage frame = new YuvImage(WIDTH, HEIGHT);
    private final List<Light> lights = new ArrayList<>();
    private final Map<Character, Mask> digits = new HashMap<>();
    private final Mask bar = Mask.pill(120, 6, 0.9);

    Scene(String title) {
        gradient();
        for (int i = 0; i < LIGHTS.length; i++) {
            Mask disc = Mask.disc(70 + 22 * i, 0.5);
            lights.add(new Light(
                    disc, YuvImage.Colour.rgb(LIGHTS[i]), i * 1.7, 0.16 + 0.045 * i, 0.2 + 0.15 * i, 0.42 + 0.09 * i));
        }
        int top = TITLE_TOP;
        for (String line : lines(title)) {
            Mask text = fitted(line);
            background.blend(text, (WIDTH - text.width()) / 2 + 3, top + 4, INK, 110);
            background.blend(text, (WIDTH - text.width()) / 2, top, WHITE, 256);
            top += LINE_STEP;
        }
        background.blend(Mask.pill(120, 6, 0.35), (WIDTH - 120) / 2, top + 16, WHITE, 256);
        background.blend(Mask.pill(520, 104, 0.55), (WIDTH - 520) / 2, CLOCK_TOP, INK, 256);
        for (String sign : "0123456789:.".split("")) {
            digits.put(sign.charAt(0), Mask.text(sign, 44, 6.5));
        }
    }

    private void gradient() {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double at = (y + 0.18 * x) / (HEIGHT + 0.18 * WIDTH) * (SKY.length - 1.001);
                background.pixel(x, y, YuvImage.Colour.rgb(between(SKY[(int) at], SKY[(int) at + 1], at - (int) at)));
            }
        }
    }

    private static int between(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = (from >> shift) & 0xFF;
            int b = (to >> shift) & 0xFF;
            mixed |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return mixed;
    }

    private static List<String> lines(String title) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : title.toUpperCase(Locale.ROOT).trim().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > 11) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static Mask fitted(String line) {
        Mask text = Mask.text(line, TITLE_HEIGHT, 10);
        int room = WIDTH - 80;
        return text.width() <= room ? text : Mask.text(line, TITLE_HEIGHT * room / (double) text.width(), 7);
    }

    /** The frame of that moment; the same picture object each time. */
    YuvImage draw(double seconds, Instant now) {
        frame.copyFrom(background);
        for (Light light : lights) {
            double angle = light.phase() + seconds * light.speed();
            double x = light.x() * WIDTH + 120 * Math.sin(angle * 1.3);
            double y = light.y() * HEIGHT + 90 * Math.cos(angle);
            int opacity = (int) (190 + 50 * Math.sin(angle * 2));
            int radius = light.mask().width() / 2;
            frame.blend(light.mask(), (int) x - radius, (int) y - radius, light.colour(), opacity);
        }
        frame.blend(bar, (int) (300 + 180 * Math.sin(seconds * 0.8)), CLOCK_TOP - 34, WHITE, 200);
        clock(ZonedDateTime.ofInstant(now, ZoneOffset.UTC));
        return frame;
    }

    private void clock(ZonedDateTime time) {
        String text = String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                time.getNano() / 1_000_000);
        int x = (WIDTH - 464) / 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            Mask digit = digits.get(c);
            if (digit != null) {
                frame.blend(digit, x, CLOCK_TOP + 26, WHITE, 256);
            }
            x += Character.isDigit(c) ? 44 : 22;
        }
    }
}
