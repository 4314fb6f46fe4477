package dev.weir.simulcast;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * What do viewers see while the host is away?
 *
 * <p>An image of the operator's, read once. Without one they see the host's last picture. Immutable and thread-safe.
 */
public final class SlateImage {

    private static final int LEAST_SIDE = 16;
    private static final int MOST_SIDE = 8192;

    private final BufferedImage image;

    private SlateImage(BufferedImage image) {
        this.image = image;
    }

    /**
     * Reads a PNG or JPEG file.
     *
     * @throws IllegalArgumentException when it is none, or its sides are not 16..8192 pixels
     */
    public static SlateImage read(Path file) {
        BufferedImage image;
        try {
            image = decode(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("slate: %s (expected: a readable PNG or JPEG file)".formatted(file), e);
        }
        if (image == null) {
            throw new IllegalArgumentException("slate: %s (expected: PNG or JPEG)".formatted(file));
        }
        int least = Math.min(image.getWidth(), image.getHeight());
        int most = Math.max(image.getWidth(), image.getHeight());
        if (least < LEAST_SIDE || most > MOST_SIDE) {
            throw new IllegalArgumentException("slate: %s is %dx%d (expected: %d..%d a side)"
                    .formatted(file, image.getWidth(), image.getHeight(), LEAST_SIDE, MOST_SIDE));
        }
        return new SlateImage(image);
    }

    private static @Nullable BufferedImage decode(Path file) throws IOException {
        return ImageIO.read(file.toFile());
    }

    /**
     * The whole image in the middle of a black picture.
     *
     * @param width of the picture in pixels
     * @param height of the picture in pixels
     * @return its pixels as 0xRRGGBB, row after row
     */
    public int[] drawn(int width, int height) {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        double scale = Math.min(width / (double) image.getWidth(), height / (double) image.getHeight());
        int innerWidth = (int) Math.round(image.getWidth() * scale);
        int innerHeight = (int) Math.round(image.getHeight() * scale);
        Graphics2D canvas = picture.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            canvas.drawImage(
                    image,
                    (width - innerWidth) / 2,
                    (height - innerHeight) / 2,
                    innerWidth,
                    innerHeight,
                    Color.BLACK,
                    null);
        } finally {
            canvas.dispose();
        }
        return picture.getRGB(0, 0, width, height, null, 0, width);
    }
}
