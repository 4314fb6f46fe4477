package dev.weir.hub.internal.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.hub.internal.WeirSettings;
import dev.weir.hub.internal.live.BaseUrl;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Where is everything? Printed for people, and written to {@code demo.json} for programs. */
public final class DemoReport {
    /** The brand of the demo. */
    public static final String BRAND = DemoShops.BRAND;

    private final DemoSeed seed;
    private final BaseUrl baseUrl;
    private final WeirSettings settings;
    private final ObjectMapper json;

    DemoReport(DemoSeed seed, BaseUrl baseUrl, WeirSettings settings, ObjectMapper json) {
        this.seed = seed;
        this.baseUrl = baseUrl;
        this.settings = settings;
        this.json = json;
    }

    /** Sets the show up, writes the file, prints the table. */
    public void print(PrintStream out, double secondsToStart) throws IOException {
        long began = System.nanoTime();
        DemoSeed.Facts facts = seed.plant();
        write(facts);
        double seconds = secondsToStart + (System.nanoTime() - began) / 1_000_000_000.0;
        String base = baseUrl.get().toString();
        out.println();
        out.printf(Locale.ROOT, "Weir is ready after %.1f s. Open:%n%n", seconds);
        row(out, "Player", base + "/shows/" + facts.showSlug());
        row(
                out,
                "Cockpit",
                base + "/cockpit?show=" + facts.showId() + "#key="
                        + facts.apiKeys().get("producer"));
        row(out, "Operator", base + "/operator#key=" + facts.apiKeys().get("operator"));
        row(out, "Ops", base + "/ops#key=" + facts.apiKeys().get("ops"));
        row(out, "Finance", base + "/finance#key=" + facts.apiKeys().get("finance"));
        row(out, "Sandbox shops", facts.sandboxUrl());
        out.println();
        row(out, "RTMP address", facts.rtmpUrl());
        row(out, "Stream key", facts.streamKey());
        out.println();
        facts.apiKeys().forEach((role, key) -> row(out, "Key: " + role, key));
        out.println();
        out.println("All of this is in " + file() + ". Pay with card 4242 4242 4242 4242. Ctrl-C stops everything.");
        out.flush();
    }

    private static void row(PrintStream out, String name, String value) {
        out.printf("  %-15s %s%n", name, value);
    }

    private Path file() {
        return settings.data().resolve("demo.json");
    }

    /** Written beside and moved, so that a reader sees all of it or none; it holds keys, so its owner alone reads it. */
    private void write(DemoSeed.Facts facts) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("baseUrl", baseUrl.get().toString());
        document.put("rtmpUrl", facts.rtmpUrl());
        document.put("streamKey", facts.streamKey());
        document.put("showId", facts.showId());
        document.put("showSlug", facts.showSlug());
        document.put("sandboxUrl", facts.sandboxUrl());
        document.put("apiKeys", facts.apiKeys());
        document.put("connections", facts.connections());
        document.put("targets", facts.targets());
        Path beside = settings.data().resolve("demo.json.part");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(beside, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(document));
        Files.move(beside, file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
