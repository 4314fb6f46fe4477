package dev.weir.simulcast.internal.host;

/** A picture in the encoder's own planes (I420, BT.601 limited range), so that no conversion is paid per frame. */
final class YuvImage {

    final int width;
    final int height;
    final byte[] y;
    final byte[] u;
    final byte[] v;

    /**
     * @param width even, pixels
     * @param height even, pixels
     */
    YuvImage(int width, int height) {
        this.width = width;
        this.height = height;
        this.y = new byte[width * height];
        this.u = new byte[width * height / 4];
        this.v = new byte[width * height / 4];
    }

    /** A colour of this picture's space. */
    record Colour(int y, int u, int v) {
        static Colour rgb(int rgb) {
            int r = (rgb >> 16) & 0xFF;
            int g = (rgb >> 8) & 0xFF;
            int b = rgb & 0xFF;
            return new Colour(
                    16 + ((66 * r + 129 * g + 25 * b + 128) >> 8),
                    128 + ((-38 * r - 74 * g + 112 * b + 128) >> 8),
                    128 + ((112 * r - 94 * g - 18 * b + 128) >> 8));
        }
    }

    void copyFrom(YuvImage other) {
        System.arraycopy(other.y, 0, y, 0, y.length);
        System.arraycopy(other.u, 0, u, 0, u.length);
        System.arraycopy(other.v, 0, v, 0, v.length);
    }

    /** Lays a shape of one colour over the picture; {@code opacity} is 0..256. Parts outside are cut off. */
    void blend(Mask mask, int left, int top, Colour colour, int opacity) {
        int fromX = Math.max(0, -left);
        int toX = Math.min(mask.width(), width - left);
        for (int row = Math.max(0, -top); row < Math.min(mask.height(), height - top); row++) {
            int from = row * mask.width();
            int to = (top + row) * width + left;
            boolean chromaRow = ((top + row) & 1) == 0;
            int chroma = (top + row) / 2 * (width / 2);
            for (int x = fromX; x < toX; x++) {
                int alpha = ((mask.alpha()[from + x] & 0xFF) * opacity) >> 8;
                if (alpha == 0) {
                    continue;
                }
                y[to + x] = mix(y[to + x], colour.y(), alpha);
                if (chromaRow && ((left + x) & 1) == 0) {
                    int at = chroma + (left + x) / 2;
                    u[at] = mix(u[at], colour.u(), alpha);
                    v[at] = mix(v[at], colour.v(), alpha);
                }
            }
        }
    }

    private static byte mix(byte under, int over, int alpha) {
        int below = under & 0xFF;
        return (byte) (below + ((over - below) * alpha + 127) / 255);
    }

    void pixel(int x, int top, Colour colour) {
        y[top * width + x] = (byte) colour.y();
        if ((x & 1) == 0 && (top & 1) == 0) {
            u[top / 2 * (width / 2) + x / 2] = (byte) colour.u();
            v[top / 2 * (width / 2) + x / 2] = (byte) colour.v();
        }
    }
}
