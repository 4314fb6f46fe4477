package dev.weir.hub.internal.web;

import dev.weir.orders.GmvReport;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** GMV for finance, from the journal: as JSON, or CSV that a spreadsheet opens without harm. */
@RestController
class ReportApi {
    private static final List<String> FIGURES = List.of("orders", "units", "gross", "refunds", "net", "currency");

    private final GmvReport report;
    private final Clock clock;

    ReportApi(GmvReport report, Clock clock) {
        this.report = report;
        this.clock = clock;
    }

    @GetMapping("/api/reports/gmv")
    ResponseEntity<Object> gmv(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "channel,show") String by,
            @RequestParam(defaultValue = "UTC") String zone,
            @RequestParam(defaultValue = "EUR") String currency,
            @RequestParam(defaultValue = "json") String format) {
        ZoneId zoneId = zone(zone);
        Instant end = to == null ? clock.instant().plusSeconds(1) : instant("to", to, zoneId, 1);
        Instant start = from == null ? end.minus(Duration.ofDays(30)) : instant("from", from, zoneId, 0);
        if (!start.isBefore(end) || Duration.between(start, end).toDays() > 400) {
            throw new IllegalArgumentException("from: " + start + " (expected: before to, at most 400 days)");
        }
        Set<GmvReport.Dimension> dimensions = dimensions(by);
        GmvReport.Query query =
                new GmvReport.Query(Callers.current().brand(), start, end, dimensions, zoneId, currency(currency));
        return switch (format) {
            case "json" -> ResponseEntity.ok(json(query, report.run(query)));
            case "csv" ->
                ResponseEntity.ok()
                        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"gmv.csv\"")
                        .body(csv(dimensions, report.run(query)));
            default -> throw new IllegalArgumentException("format: " + format + " (expected: json or csv)");
        };
    }

    private static Map<String, Object> json(GmvReport.Query query, GmvReport.Result result) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("from", query.from());
        view.put("to", query.to());
        view.put("zone", query.zone().getId());
        view.put("currency", query.currency().getCurrencyCode());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (GmvReport.Row row : result.rows()) {
            Map<String, Object> line = new LinkedHashMap<>(row.keys());
            line.putAll(figures(row.totals()));
            rows.add(line);
        }
        view.put("rows", rows);
        view.put("totals", figures(result.totals()));
        return view;
    }

    private static Map<String, Object> figures(GmvReport.Totals totals) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("orders", totals.orders());
        figures.put("units", totals.units());
        figures.put("gross", totals.gross());
        figures.put("refunds", totals.refunds());
        figures.put("net", totals.net());
        return figures;
    }

    private static String csv(Set<GmvReport.Dimension> by, GmvReport.Result result) {
        List<String> names = new ArrayList<>();
        by.forEach(dimension -> names.add(dimension.name().toLowerCase(Locale.ROOT)));
        if (by.contains(GmvReport.Dimension.SHOW)) {
            names.add("showTitle");
        }
        StringBuilder csv = new StringBuilder();
        List<String> header = new ArrayList<>(names);
        header.addAll(FIGURES);
        csv.append(String.join(",", header)).append("\r\n");
        for (GmvReport.Row row : result.rows()) {
            List<String> cells = new ArrayList<>();
            names.forEach(name -> cells.add(cell(row.keys().getOrDefault(name, ""))));
            GmvReport.Totals totals = row.totals();
            cells.add(String.valueOf(totals.orders()));
            cells.add(String.valueOf(totals.units()));
            cells.add(totals.gross().amount());
            cells.add(totals.refunds().amount());
            cells.add(totals.net().amount());
            cells.add(totals.net().currency().getCurrencyCode());
            csv.append(String.join(",", cells)).append("\r\n");
        }
        return csv.toString();
    }

    /** RFC 4180, and a leading {@code = + - @} is kept from being run as a formula. */
    private static String cell(@Nullable String value) {
        String text = value == null ? "" : value;
        if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static Set<GmvReport.Dimension> dimensions(String by) {
        Set<GmvReport.Dimension> dimensions = EnumSet.noneOf(GmvReport.Dimension.class);
        for (String name : by.split(",", -1)) {
            if (!name.isBlank()) {
                try {
                    dimensions.add(GmvReport.Dimension.valueOf(name.strip().toUpperCase(Locale.ROOT)));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "by: " + name + " (expected: of channel, show, host, sku, day)", e);
                }
            }
        }
        return dimensions;
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone: " + zone + " (expected: such as Europe/Berlin)", e);
        }
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("currency: " + code + " (expected: an ISO 4217 code)", e);
        }
    }

    /** A day alone is meant whole: as an end it counts to its midnight, {@code daysOn} later. */
    private static Instant instant(String field, String text, ZoneId zone, int daysOn) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).plusDays(daysOn).atStartOfDay(zone).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    field + ": " + text + " (expected: 2026-11-24 or 2026-11-24T10:00:00Z)", e);
        }
    }
}
