package dev.weir.hub.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Sku;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PicturePixelsTest {
    @Test
    void everyProductOfTheDemo_isAPngOfItsGlaze() throws Exception {
        for (Sku sku : DemoProducts.runSheet()) {
            byte[] png = PicturePixels.png(ProductPicture.draw(sku.value()).orElseThrow());
            BufferedImage seen = ImageIO.read(new ByteArrayInputStream(png));

            assertThat(seen.getWidth()).isEqualTo(800);
            assertThat(seen.getHeight()).isEqualTo(880);
            assertThat(png.length).as(sku.value()).isLessThan(400_000);
            assertThat(new Color(seen.getRGB(400, 520)))
                    .as("something stands in the middle of " + sku)
                    .isNotEqualTo(new Color(seen.getRGB(10, 520)));
        }
    }
}
