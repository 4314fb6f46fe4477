package dev.weir.simulcast.internal.host;

/**
 * How opaque each pixel of a shape is, 0..255; drawn once and laid over many frames.
 *
 * @param width pixels
 * @param height pixels
 * @param alpha one byte a pixel, row by row
 */
record Mask(int width, int height, byte[] alpha) {

    /** Text in the stroke font; {@code height} is that of a capital letter, in pixels. */
    static Mask text(String text, double height, double stroke) {
        double unit = height / 6;
        double margin = stroke / 2 + 1;
        double width = 2 * margin;
        for (int i = 0; i < text.length(); i++) {
            width += StrokeFont.glyph(text.charAt(i)).width() * unit + gap(unit, stroke);
        }
        var mask = new Mask((int) Math.ceil(width), (int) Math.ceil(height * 1.15 + 2 * margin));
        double x = margin;
        for (int i = 0; i < text.length(); i++) {
            StrokeFont.Glyph glyph = StrokeFont.glyph(text.charAt(i));
            for (StrokeFont.Segment segment : glyph.segments()) {
                mask.stroke(segment, x, margin, unit, stroke / 2);
            }
            x += glyph.width() * unit + gap(unit, stroke);
        }
        return mask;
    }

    private static double gap(double unit, double stroke) {
        return unit * 0.75 + stroke;
    }

    private Mask(int width, int height) {
        this(width, height, new byte[width * height]);
    }

    private void stroke(StrokeFont.Segment s, double dx, double dy, double unit, double radius) {
        double x1 = dx + s.x1() * unit;
        double y1 = dy + s.y1() * unit;
        double x2 = dx + s.x2() * unit;
        double y2 = dy + s.y2() * unit;
        int left = (int) Math.max(0, Math.min(x1, x2) - radius - 1);
        int right = (int) Math.min(width - 1, Math.max(x1, x2) + radius + 1);
        int top = (int) Math.max(0, Math.min(y1, y2) - radius - 1);
        int bottom = (int) Math.min(height - 1, Math.max(y1, y2) + radius + 1);
        double length = (x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1);
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double px = x + 0.5 - x1;
                double py = y + 0.5 - y1;
                double t = length == 0 ? 0 : Math.clamp((px * (x2 - x1) + py * (y2 - y1)) / length, 0.0, 1.0);
                double distance = Math.hypot(px - t * (x2 - x1), py - t * (y2 - y1));
                raise(x, y, radius + 0.5 - distance);
            }
        }
    }

    /** A soft disc, opaque to {@code strength} in the middle. */
    static Mask disc(int radius, double strength) {
        var mask = new Mask(2 * radius, 2 * radius);
        for (int y = 0; y < mask.height; y++) {
            for (int x = 0; x < mask.width; x++) {
                double r = Math.hypot(x + 0.5 - radius, y + 0.5 - radius) / radius;
                double fall = Math.clamp(1 - r, 0.0, 1.0);
                mask.raise(x, y, strength * fall * fall * (3 - 2 * fall));
            }
        }
        return mask;
    }

    /** A bar with round ends. */
    static Mask pill(int width, int height, double strength) {
        var mask = new Mask(width, height);
        double radius = height / 2.0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double nearest = Math.clamp(x + 0.5, radius, width - radius);
                double distance = Math.hypot(x + 0.5 - nearest, y + 0.5 - radius);
                mask.raise(x, y, strength * Math.clamp(radius - distance, 0.0, 1.0));
            }
        }
        return mask;
    }

    private void raise(int x, int y, double opacity) {
        int value = (int) Math.round(255 * Math.clamp(opacity, 0.0, 1.0));
        int at = y * width + x;
        if (value > (alpha[at] & 0xFF)) {
            alpha[at] = (byte) value;
        }
    }
}
