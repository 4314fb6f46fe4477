package dev.weir.hub.internal.demo;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.MultipleGradientPaint.ColorSpaceType;
import java.awt.MultipleGradientPaint.CycleMethod;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * How does a picture of {@link ProductPicture} look as pixels? Shops take photographs and no drawings, so the demo's products are
 * shown as PNG. Knows the elements and attributes that those drawings use, and no others.
 */
final class PicturePixels {
    private static final int WIDTH = 400;
    private static final int HEIGHT = 440;
    private static final int SCALE = 2;

    private final Document drawing;
    private final Graphics2D pen;

    private PicturePixels(Document drawing, Graphics2D pen) {
        this.drawing = drawing;
        this.pen = pen;
    }

    /** {@code svg} as a PNG of 800 by 880 pixels. */
    static byte[] png(String svg) {
        BufferedImage image = new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.scale(SCALE, SCALE);
        try {
            Document drawing = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
            new PicturePixels(drawing, pen).draw();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("a drawing of our own cannot be read", e);
        } finally {
            pen.dispose();
        }
    }

    private void draw() {
        NodeList all = drawing.getDocumentElement().getChildNodes();
        for (int at = 0; at < all.getLength(); at++) {
            if (all.item(at) instanceof Element element && !element.getTagName().equals("defs")) {
                draw(element);
            }
        }
    }

    private void draw(Element element) {
        Shape shape = shape(element);
        float opacity = (float) number(element, "opacity", 1);
        pen.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, opacity));
        if (!element.getAttribute("fill").equals("none")) {
            pen.setPaint(paint(element.getAttribute("fill"), shape));
            pen.fill(shape);
        }
        if (element.hasAttribute("stroke")) {
            int cap = element.getAttribute("stroke-linecap").equals("round")
                    ? BasicStroke.CAP_ROUND
                    : BasicStroke.CAP_BUTT;
            pen.setStroke(new BasicStroke((float) number(element, "stroke-width", 1), cap, BasicStroke.JOIN_MITER));
            pen.setPaint(paint(element.getAttribute("stroke"), shape));
            pen.draw(shape);
        }
    }

    private static Shape shape(Element of) {
        return switch (of.getTagName()) {
            case "rect" -> {
                double twiceRound = 2 * number(of, "rx", 0);
                yield new RoundRectangle2D.Double(
                        number(of, "x", 0),
                        number(of, "y", 0),
                        number(of, "width", 0),
                        number(of, "height", 0),
                        twiceRound,
                        twiceRound);
            }
            case "circle" -> oval(of, number(of, "r", 0), number(of, "r", 0));
            case "ellipse" -> oval(of, number(of, "rx", 0), number(of, "ry", 0));
            case "path" -> new PicturePath(of.getAttribute("d")).shape();
            default -> throw new IllegalStateException(of.getTagName() + " (expected: rect, circle, ellipse or path)");
        };
    }

    private static Shape oval(Element of, double wide, double high) {
        return new Ellipse2D.Double(number(of, "cx", 0) - wide, number(of, "cy", 0) - high, 2 * wide, 2 * high);
    }

    /** A gradient spans what it fills. */
    private Paint paint(String text, Shape shape) {
        if (!text.startsWith("url(#")) {
            return Color.decode(text.length() == 4 ? text.replaceAll("([0-9a-fA-F])", "$1$1") : text);
        }
        String id = text.substring(5, text.length() - 1);
        NodeList defs = drawing.getElementsByTagName("defs").item(0).getChildNodes();
        for (int at = 0; at < defs.getLength(); at++) {
            if (defs.item(at) instanceof Element gradient
                    && gradient.getAttribute("id").equals(id)) {
                return gradient(gradient, shape.getBounds2D());
            }
        }
        throw new IllegalStateException(text + " (expected: a gradient of the drawing)");
    }

    private static Paint gradient(Element gradient, Rectangle2D over) {
        NodeList stops = gradient.getElementsByTagName("stop");
        float[] at = new float[stops.getLength()];
        Color[] colours = new Color[at.length];
        for (int stop = 0; stop < at.length; stop++) {
            Element of = (Element) stops.item(stop);
            String colour = of.getAttribute("stop-color");
            at[stop] = (float) number(of, "offset", 0);
            colours[stop] = Color.decode(colour.length() == 4 ? colour.replaceAll("([0-9a-fA-F])", "$1$1") : colour);
        }
        AffineTransform span =
                new AffineTransform(over.getWidth(), 0, 0, over.getHeight(), over.getMinX(), over.getMinY());
        if (gradient.getTagName().equals("linearGradient")) {
            return new LinearGradientPaint(
                    new Point2D.Double(0, 0),
                    new Point2D.Double(1, 0),
                    at,
                    colours,
                    CycleMethod.NO_CYCLE,
                    ColorSpaceType.SRGB,
                    span);
        }
        Point2D middle = new Point2D.Double(0.5, number(gradient, "cy", 0.5));
        return new RadialGradientPaint(
                middle, 0.5f, middle, at, colours, CycleMethod.NO_CYCLE, ColorSpaceType.SRGB, span);
    }

    private static double number(Element element, String name, double otherwise) {
        return element.hasAttribute(name) ? Double.parseDouble(element.getAttribute(name)) : otherwise;
    }
}
