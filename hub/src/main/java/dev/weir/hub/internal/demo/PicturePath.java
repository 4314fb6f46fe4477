package dev.weir.hub.internal.demo;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which line does the {@code d} of an SVG path draw? Knows M, L, H, V, C, S and Z, in both cases. */
final class PicturePath {
    private static final Pattern WORD = Pattern.compile("[A-Za-z]|-?[0-9]*\\.?[0-9]+");

    private final Deque<String> words = new ArrayDeque<>();
    private final Path2D line = new Path2D.Double();
    private double x;
    private double y;
    /** The second control point of the curve before, where a smooth one goes on from. */
    private double fromX;

    private double fromY;

    PicturePath(String d) {
        Matcher matcher = WORD.matcher(d);
        while (matcher.find()) {
            words.add(matcher.group());
        }
    }

    Shape shape() {
        char command = 'M';
        while (!words.isEmpty()) {
            String next = words.getFirst();
            if (Character.isLetter(next.charAt(0))) {
                command = words.removeFirst().charAt(0);
            }
            draw(command);
            // Points that follow a move without a command of their own are lines.
            command = command == 'M' ? 'L' : command == 'm' ? 'l' : command;
        }
        return line;
    }

    private void draw(char command) {
        boolean isFromHere = Character.isLowerCase(command);
        double overX = isFromHere ? x : 0;
        double overY = isFromHere ? y : 0;
        switch (Character.toUpperCase(command)) {
            case 'M' -> {
                to(overX + number(), overY + number());
                line.moveTo(x, y);
            }
            case 'L' -> lineTo(overX + number(), overY + number());
            case 'H' -> lineTo(overX + number(), y);
            case 'V' -> lineTo(x, overY + number());
            case 'C' -> curve(overX + number(), overY + number(), overX, overY);
            case 'S' -> curve(2 * x - fromX, 2 * y - fromY, overX, overY);
            case 'Z' -> line.closePath();
            default -> throw new IllegalStateException(command + " (expected: M, L, H, V, C, S or Z)");
        }
    }

    private void lineTo(double toX, double toY) {
        to(toX, toY);
        line.lineTo(x, y);
    }

    private void curve(double firstX, double firstY, double overX, double overY) {
        double secondX = overX + number();
        double secondY = overY + number();
        to(overX + number(), overY + number());
        line.curveTo(firstX, firstY, secondX, secondY, x, y);
        fromX = secondX;
        fromY = secondY;
    }

    private void to(double toX, double toY) {
        x = toX;
        y = toY;
        fromX = toX;
        fromY = toY;
    }

    private double number() {
        return Double.parseDouble(words.removeFirst());
    }
}
