package dev.weir.bench.rig;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How does a program see which picture it is shown? A row of 32 black and white squares across the picture: the
 * picture's number in 16 bits, highest first, then the same bits inverted, so that a torn or smeared row is noticed.
 */
public final class ClockStrip {

    /** Where it is in a picture of 720x1280. */
    public static final int LEFT = 40;

    /** Its upper edge in that picture. */
    public static final int TOP = 1200;

    /** Pixels across. */
    public static final int WIDTH = 640;

    /** Pixels down. */
    public static final int HEIGHT = 40;

    private static final int BITS = 16;
    private static final int SQUARE = WIDTH / (2 * BITS);

    private ClockStrip() {}

    /** Writes the strips of so many pictures as raw grey, and returns the file. */
    static Path write(Path file, int pictures) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int index = 0; index < pictures; index++) {
                byte[] row = row(index);
                for (int y = 0; y < HEIGHT; y++) {
                    out.write(row);
                }
            }
        }
        return file;
    }

    private static byte[] row(int index) {
        byte[] row = new byte[WIDTH];
        for (int i = 0; i < 2 * BITS; i++) {
            boolean bit = (index >> (BITS - 1 - i % BITS) & 1) == 1;
            Arrays.fill(row, i * SQUARE, (i + 1) * SQUARE, (byte) (bit == (i < BITS) ? 255 : 0));
        }
        return row;
    }
}
