package dev.weir.simulcast.internal.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A rounded line font drawn by ourselves, because a bare machine has no fonts. Glyphs stand on a grid that is 6 units
 * high; strokes are poly-lines {@code x,y x,y ..} and arcs {@code @cx,cy,rx,ry,from,to} in degrees, clockwise from
 * the right, separated by semicolons.
 */
final class StrokeFont {

    private static final double ARC_STEP_DEGREES = 9;
    private static final double SPACE = 2.2;

    private static final Map<Character, Glyph> GLYPHS = new HashMap<>();

    record Segment(double x1, double y1, double x2, double y2) {}

    record Glyph(double width, List<Segment> segments) {}

    static {
        put('A', 4, "0,6 2,0 4,6;0.75,4 3.25,4");
        put(
                'B',
                3.6,
                "0,0 0,6;0,0 2.1,0;@2.1,1.45,1.45,1.45,-90,90;0,2.9 2.1,2.9;@2.1,4.45,1.55,1.55,-90,90;0,6 2.1,6");
        put('C', 4, "@2,2,2,2,180,335;@2,4,2,2,25,180;0,2 0,4");
        put('D', 4, "0,0 0,6;0,0 1.5,0;0,6 1.5,6;@1.5,2.5,2.5,2.5,-90,0;@1.5,3.5,2.5,2.5,0,90;4,2.5 4,3.5");
        put('E', 3.2, "3.2,0 0,0 0,6 3.2,6;0,2.9 2.7,2.9");
        put('F', 3.2, "3.2,0 0,0 0,6;0,2.9 2.7,2.9");
        put('G', 4, "@2,2,2,2,180,335;@2,4,2,2,0,180;0,2 0,4;4,4 4,3.2 2.4,3.2");
        put('H', 4, "0,0 0,6;4,0 4,6;0,2.9 4,2.9");
        put('I', 0, "0,0 0,6");
        put('J', 3, "3,0 3,4.4;@1.5,4.4,1.5,1.6,0,170");
        put('K', 3.8, "0,0 0,6;3.6,0 0,3.5;1.3,2.3 3.8,6");
        put('L', 3.1, "0,0 0,6 3.1,6");
        put('M', 5, "0,6 0,0 2.5,4 5,0 5,6");
        put('N', 4, "0,6 0,0 4,6 4,0");
        put('O', 4, "@2,2,2,2,180,360;@2,4,2,2,0,180;0,2 0,4;4,2 4,4");
        put('P', 3.7, "0,6 0,0 2.1,0;@2.1,1.6,1.6,1.6,-90,90;2.1,3.2 0,3.2");
        put('Q', 4, "@2,2,2,2,180,360;@2,4,2,2,0,180;0,2 0,4;4,2 4,4;2.5,4.5 4.1,6.2");
        put('R', 3.8, "0,6 0,0 2.1,0;@2.1,1.6,1.6,1.6,-90,90;2.1,3.2 0,3.2;1.9,3.2 3.8,6");
        put('S', 3.6, "@1.8,1.55,1.75,1.55,90,335;@1.8,4.5,1.8,1.5,-90,155");
        put('T', 4, "0,0 4,0;2,0 2,6");
        put('U', 4, "0,0 0,4;@2,4,2,2,0,180;4,4 4,0");
        put('V', 4, "0,0 2,6 4,0");
        put('W', 5.4, "0,0 1.35,6 2.7,1.2 4.05,6 5.4,0");
        put('X', 4, "0,0 4,6;4,0 0,6");
        put('Y', 4, "0,0 2,3.1 4,0;2,3.1 2,6");
        put('Z', 3.8, "0,0 3.8,0 0,6 3.8,6");
        put('0', 3.6, "@1.8,1.9,1.8,1.9,180,360;@1.8,4.1,1.8,1.9,0,180;0,1.9 0,4.1;3.6,1.9 3.6,4.1");
        put('1', 3.6, "0.7,1.3 2.1,0 2.1,6");
        put('2', 3.6, "@1.8,1.75,1.75,1.75,185,395;3.25,2.72 0.1,6 3.6,6");
        put('3', 3.6, "@1.8,1.45,1.6,1.45,200,450;@1.8,4.45,1.75,1.55,-90,160");
        put('4', 3.6, "2.7,6 2.7,0 0,4.3 3.6,4.3");
        put('5', 3.6, "3.3,0 0.5,0 0.3,2.8;@1.75,4.1,1.85,1.9,-140,150");
        put('6', 3.6, "@1.8,4.15,1.8,1.85,0,360;0,4.15 0,2.6;@2.2,2.6,2.2,2.6,180,300");
        put('7', 3.6, "0,0 3.6,0 1.3,6");
        put('8', 3.6, "@1.8,1.45,1.55,1.45,0,360;@1.8,4.45,1.8,1.55,0,360");
        put('9', 3.6, "@1.8,1.85,1.8,1.85,0,360;3.6,1.85 3.6,3.4;@1.4,3.4,2.2,2.6,0,120");
        put(':', 0, "0,1.9 0,2;0,4.7 0,4.8");
        put('.', 0, "0,5.9 0,6");
        put(',', 0.4, "0.4,5.7 0,6.8");
        put('!', 0, "0,0 0,4.2;0,5.9 0,6");
        put('\'', 0, "0,0 0,1.2");
        put('-', 2.2, "0,3.2 2.2,3.2");
        put('&', 4, "4,6 0.9,2.1;@1.9,1.3,1.3,1.3,150,400;2.9,2.1 0.5,3.8;@1.5,4.6,1.5,1.4,60,230;2.2,5.9 4,3.6");
    }

    private StrokeFont() {}

    /** The glyph, or nothing but width for what has none. */
    static Glyph glyph(char c) {
        return GLYPHS.getOrDefault(Character.toUpperCase(c), new Glyph(SPACE, List.of()));
    }

    private static void put(char c, double width, String strokes) {
        List<Segment> segments = new ArrayList<>();
        for (String stroke : strokes.split(";")) {
            addStroke(segments, stroke);
        }
        GLYPHS.put(c, new Glyph(width, List.copyOf(segments)));
    }

    private static void addStroke(List<Segment> segments, String stroke) {
        List<double[]> points = stroke.startsWith("@") ? arc(numbers(stroke.substring(1))) : line(stroke);
        for (int i = 1; i < points.size(); i++) {
            double[] from = points.get(i - 1);
            double[] to = points.get(i);
            segments.add(new Segment(from[0], from[1], to[0], to[1]));
        }
    }

    private static List<double[]> line(String stroke) {
        List<double[]> points = new ArrayList<>();
        for (String point : stroke.split(" ")) {
            points.add(numbers(point));
        }
        return points;
    }

    private static List<double[]> arc(double[] a) {
        List<double[]> points = new ArrayList<>();
        int steps = (int) Math.ceil(Math.abs(a[5] - a[4]) / ARC_STEP_DEGREES);
        for (int i = 0; i <= steps; i++) {
            double angle = Math.toRadians(a[4] + (a[5] - a[4]) * i / steps);
            points.add(new double[] {a[0] + a[2] * Math.cos(angle), a[1] + a[3] * Math.sin(angle)});
        }
        return points;
    }

    private static double[] numbers(String text) {
        String[] parts = text.split(",");
        double[] values = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = Double.parseDouble(parts[i]);
        }
        return values;
    }
}
