package dev.weir.bench.fire;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** So many units of one SKU; on the wire {@code sku:units}, with commas between several. */
record Line(String sku, int units) {

    static String text(List<Line> lines) {
        return lines.stream().map(line -> line.sku + ":" + line.units).collect(Collectors.joining(","));
    }

    static List<Line> parse(String text) {
        return Arrays.stream(text.split(","))
                .map(part -> part.split(":"))
                .map(part -> new Line(part[0], Integer.parseInt(part[1])))
                .toList();
    }

    static Map<String, Integer> sum(List<Line> lines) {
        Map<String, Integer> sum = new TreeMap<>();
        lines.forEach(line -> sum.merge(line.sku, line.units, Integer::sum));
        return sum;
    }
}
